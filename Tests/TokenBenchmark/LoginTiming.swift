import Apus

/// What a login costs, and that the time of one that fails says nothing: about which users there are, or how much of a
/// key is right.
enum LoginTiming {
    static func run(turns: Int) async throws {
        try await costs()
        try await users(turns: turns)
        try await keys(turns: turns)
    }

    private static func costs() async throws {
        print("Passwords: one hash")
        for (name, cost) in [("recommended", PasswordHash.Cost.recommended), ("low memory", .lowMemory)] {
            let clock = ContinuousClock()
            var times: [Duration] = []
            for _ in 0..<5 {
                times.append(try await clock.measure { _ = try await PasswordHash.hash("password", cost: cost) })
            }
            let middle = times.sorted()[2] / .milliseconds(1)
            print("  \(name), \(cost): \(Int(middle.rounded())) ms")
        }
    }

    private static func users(turns: Int) async throws {
        guard let cost = PasswordHash.Cost(logN: 10) else { return }
        let stored = try await PasswordHash.hash("password", cost: cost)
        let users = PasswordVerifier(cost: cost) { $0 == "admin" ? stored : nil }
        let comparison = try await TimingComparison(turns: turns) {
            _ = try await users.verify(username: "admin", password: "wrong password")
        } _: {
            _ = try await users.verify(username: "nobody", password: "wrong password")
        }
        report("A user with a wrong password, and nobody", comparison)
    }

    private static func keys(turns: Int) async throws {
        let key = "my-secret-api-key-of-some-length"
        let fixed = try APIKeyAuthentication("Key", keys: key, "another-key-altogether", allowInsecureHTTP: true)
        let near = try request(with: String(key.dropLast()) + "x")
        let far = try request(with: String(repeating: "x", count: key.utf8.count))
        report(
            "500 keys that are wrong at the end, and from the start",
            try await TimingComparison(turns: turns) {
                for _ in 0..<500 { _ = try await fixed.authenticate(near) }
            } _: {
                for _ in 0..<500 { _ = try await fixed.authenticate(far) }
            })
        // All are refused: a key that gets in takes longer behind the comparison, which the answer says anyway.
        let refusing = APIKeyAuthentication("Key", allowInsecureHTTP: true) { given in
            _ = given.matches(key)
            return false
        }
        let right = try request(with: key)
        report(
            "500 comparisons of right keys, and of wrong ones",
            try await TimingComparison(turns: turns) {
                for _ in 0..<500 { _ = try await refusing.authenticate(right) }
            } _: {
                for _ in 0..<500 { _ = try await refusing.authenticate(far) }
            })
    }

    private static func request(with key: String) throws -> Request {
        var fields = HTTP.Fields()
        try fields.append(.host, "localhost")
        try fields.append(.xAPIKey, key)
        return Request(
            head: try HTTP.RequestHead(method: .get, target: "/", fields: fields), body: RequestBody([]),
            connection: ConnectionContext(peer: nil, isSecure: false, tlsVersion: nil))
    }

    private static func report(_ name: String, _ comparison: TimingComparison) {
        let (first, second) = comparison.means
        let t = (comparison.t * 100).rounded() / 100
        let verdict = abs(t) < TimingComparison.threshold ? "no difference beyond noise" : "THEY DIFFER"
        print("\(name)")
        print("  \(Int(first / 10) * 10) ns and \(Int(second / 10) * 10) ns of CPU, t = \(t): \(verdict)")
    }
}

import ApusJOSE

/// What tokens cost beside the cryptography in them: each of our operations next to OpenSSL's own, in one run.
///
/// `swift run -c release TokenBenchmark [ROUNDS]`
@main struct TokenBenchmark {
    static func main() async throws {
        let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 15
        let stopwatch = Stopwatch(rounds: max(1, rounds), nanosecondsPerRound: 20_000_000)
        try await hmac(stopwatch)
    }

    private static func hmac(_ stopwatch: Stopwatch) async throws {
        let secret = [UInt8](repeating: 0x5A, count: 32)
        let keys = try KeyStore(.hmac(bytes: secret, algorithm: .hs256))
        let builder = JWTBuilder(keys: keys).issuer("KestrunApi").audience("KestrunClients").subject("admin")
            .claim(.name, "admin").claim(.role, "admin")
        let token = try await builder.build().token
        let parameters = builder.validationParameters
        let octets = Array(token.utf8)
        let raw = RawHMAC(secret)
        var code = [UInt8](repeating: 0, count: 32)
        let times = try stopwatch.measure([
            ("raw HMAC", { raw.authenticate(octets, into: &code) }),
            ("verify", { _ = try parameters.verify(token) }),
        ])
        print("HS256, a token of \(octets.count) octets")
        report("raw HMAC", times[0])
        report("verify: form, signature and claims", times[1], beside: times[0])
    }

    static func report(_ name: String, _ nanoseconds: Double, beside raw: Double? = nil) {
        let padded = name + String(repeating: " ", count: max(1, 40 - name.count))
        let ratio = raw.map { "  \((nanoseconds / $0 * 100).rounded() / 100) × raw" } ?? ""
        print("  \(padded)\((nanoseconds / 10).rounded() / 100) µs\(ratio)")
    }
}

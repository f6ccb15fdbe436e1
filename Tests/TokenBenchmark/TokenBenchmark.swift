import ApusJOSE

/// What tokens cost beside the cryptography in them: each of our operations next to OpenSSL's own, in one run; and what
/// logins cost.
///
/// `swift run -c release TokenBenchmark [ROUNDS]`
@main struct TokenBenchmark {
    static func main() async throws {
        let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 15
        let stopwatch = Stopwatch(rounds: max(1, rounds), nanosecondsPerRound: 20_000_000)
        try await hmac(stopwatch)
        try await signature(stopwatch, .rs256, .rsa(bits: 2048), digest: "SHA256")
        try await signature(stopwatch, .es256, .p256, digest: "SHA256")
        try await signature(stopwatch, .es384, .p384, digest: "SHA384")
        try await signature(stopwatch, .edDSA, .ed25519, digest: nil)
        try await LoginTiming.run(turns: 40 * max(1, rounds))
    }

    private static func signature(
        _ stopwatch: Stopwatch, _ algorithm: SignatureAlgorithm, _ kind: JWK.Kind, digest: String?
    ) async throws {
        let jwk = try JWK.generate(kind)
        let key = try SigningKey(jwk, algorithm: algorithm)
        let keys = [key.verificationKey]
        let payload = [UInt8](#"{"iss":"KestrunApi","sub":"admin","aud":"KestrunClients","exp":1767326645}"#.utf8)
        let message = try JWS.sign(payload, with: key)
        let input = Array(message.utf8.prefix { $0 != UInt8(ascii: ".") } + [UInt8](repeating: 0x41, count: 120))
        let builder = tokens(of: try KeyStore(key))
        let token = try await builder.build().token
        let parameters = builder.validationParameters
        let raw = RawSignature(pem: try jwk.pem(includingPrivateParts: true), digest: digest)
        raw.sign(input)
        let times = try stopwatch.measure([
            ("raw sign", { raw.sign(input) }),
            ("sign", { _ = try JWS.sign(payload, with: key) }),
            ("raw verify", { raw.verify(input) }),
            ("verify", { _ = try JWS.verify(message, with: keys) }),
            ("verify token", { _ = try parameters.verify(token) }),
        ])
        print("\(algorithm.rawValue) under \(kind)")
        report("raw signature", times[0])
        report("JWS signed", times[1], beside: times[0])
        report("raw verification", times[2])
        report("JWS verified", times[3], beside: times[2])
        report("token: form, signature and claims", times[4], beside: times[2])
    }

    private static func hmac(_ stopwatch: Stopwatch) async throws {
        let secret = [UInt8](repeating: 0x5A, count: 32)
        let keys = try KeyStore(.hmac(bytes: secret, algorithm: .hs256))
        let builder = tokens(of: keys)
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

    /// The tutorial's tokens.
    private static func tokens(of keys: KeyStore) -> JWTBuilder {
        JWTBuilder(keys: keys).issuer("KestrunApi").audience("KestrunClients").subject("admin").claim(.name, "admin")
            .claim(.role, "admin")
    }

    static func report(_ name: String, _ nanoseconds: Double, beside raw: Double? = nil) {
        let padded = name + String(repeating: " ", count: max(1, 40 - name.count))
        let ratio = raw.map { "  \((nanoseconds / $0 * 100).rounded() / 100) × raw" } ?? ""
        print("  \(padded)\((nanoseconds / 10).rounded() / 100) µs\(ratio)")
    }
}

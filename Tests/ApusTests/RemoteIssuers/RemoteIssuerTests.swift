import Apus
import ApusTesting
import Testing

/// Tokens of somebody else, whose URL is all that is known.
@Suite struct RemoteIssuerTests {
    private static func server(
        _ issuer: RemoteIssuer, _ accessTokens: AccessTokenProfile = .rfc9068,
        algorithms: [SignatureAlgorithm] = SignatureAlgorithm.allCases, log: CollectedLog = CollectedLog()
    ) -> Server {
        let bearer = BearerAuthentication(
            "Bearer", issuer: issuer, audience: "orders", accessTokens: accessTokens, algorithms: algorithms)
        return .logging(log) {
            Get("/name") { request in request.user.name }.authenticated(by: bearer)
        }
    }

    @Test(arguments: [SignatureAlgorithm.es256, .edDSA, .ps256])
    func `a token is verified with the keys that the issuer publishes`(algorithm: SignatureAlgorithm) async throws {
        let other = try OtherService(algorithm: algorithm)
        try await Self.server(other.issuer()).test { client in
            #expect(other.requests.isEmpty)
            let token = try await other.tokens.build().token
            for _ in 0..<3 {
                let response = try await client.get("/name", .bearer(token))
                #expect(response.status == .ok && response.text == "ada")
            }
            #expect(other.requests.map(\.url) == [OtherService.openID, OtherService.keySet])
        }
    }

    @Test func `a new key of the issuer is fetched while its first token waits`() async throws {
        let other = try OtherService()
        try await Self.server(other.issuer()).test { client in
            for _ in 0..<3 {
                let response = try await client.get("/name", .bearer(other.tokens.build().token))
                #expect(response.status == .ok)
                try await other.keys.rotate(propagation: .zero, overlap: .seconds(60))
            }
            #expect(other.requests.filter { $0.url == OtherService.openID }.count == 1)
        }
    }

    @Test func `while the issuer is out of reach the answer is 503, and its keys are fetched when it is back`()
        async throws
    {
        let (log, issuerLog) = (CollectedLog(), CollectedLog())
        let other = try OtherService()
        other.isReachable(false)
        try await Self.server(other.issuer(log: issuerLog), log: log).test { client in
            let token = try await other.tokens.build().token
            let failed = try await client.get("/name", .bearer(token))
            #expect(failed.status == .serviceUnavailable && failed.headers[.retryAfter] == "30")
            #expect(failed.headers[.wwwAuthenticate] == nil)
            #expect(issuerLog.records.contains { $0.level == .warning && $0.fields["url"] == "https://login.example" })
            #expect(log.problems.count == 1 && !log.text.contains(token))
            other.isReachable(true)
            let response = try await client.get("/name", .bearer(token))
            #expect(response.text == "ada")
            // What is known stays in use.
            other.isReachable(false)
            let later = try await client.get("/name", .bearer(token))
            #expect(later.text == "ada")
        }
    }

    @Test func `a token that could never be good is 401 though the issuer is out of reach`() async throws {
        let other = try OtherService()
        other.isReachable(false)
        try await Self.server(other.issuer()).test { client in
            let secret = try KeyStore(.hmac(generated: .hs256))
            let tokens = [
                try await other.tokens.issuer("https://evil.example").build().token,
                try await JWTBuilder(keys: secret).issuer(OtherService.issuer).audience("orders").build().token,
                "x", "a.b.c",
            ]
            for token in tokens {
                let response = try await client.get("/name", .bearer(token))
                #expect(response.status == .unauthorized)
            }
            let without = try await client.get("/name")
            #expect(without.status == .unauthorized)
        }
    }

    @Test func `of several issuers the one that is out of reach is 503 for its own tokens alone`() async throws {
        let (other, down) = (try OtherService(), try OtherService())
        down.isReachable(false)
        let keys = CombinedKeySource([
            OtherService.issuer: try other.issuer(), "https://down.example": try down.issuer(),
        ])
        let issuers = [OtherService.issuer, "https://down.example", "https://unlisted.example"]
        let bearer = BearerAuthentication(
            "Bearer", validating: ValidationParameters(keys: keys, issuers: issuers, audiences: ["orders"]))
        let server = Server.logging { Get("/name") { request in request.user.name }.authenticated(by: bearer) }
        try await server.test { client in
            for (service, issuer, status) in [
                (other, issuers[0], HTTP.Status.ok), (down, issuers[1], .serviceUnavailable),
                (down, issuers[2], .unauthorized), (down, "https://evil.example", .unauthorized),
            ] {
                let response = try await client.get("/name", .bearer(service.tokens.issuer(issuer).build().token))
                #expect(response.status == status)
            }
        }
    }

    @Test func `an unknown key is no reason for one fetch after another`() async throws {
        let other = try OtherService()
        let stranger = try OtherService()
        try await Self.server(other.issuer(cooldown: .seconds(3600))).test { client in
            let own = try await client.get("/name", .bearer(other.tokens.build().token))
            #expect(own.status == .ok)
            for _ in 0..<5 {
                let response = try await client.get("/name", .bearer(stranger.tokens.build().token))
                #expect(response.status == .unauthorized)
            }
            #expect(other.requests.count == 2)
        }
    }

    static let metadata = [
        OtherService.metadata(issuer: "https://evil.example"),
        OtherService.metadata(keySet: "http://login.example/keys"),
        OtherService.metadata(keySet: "https://login.example/missing"), "{}", "",
    ]

    @Test(arguments: metadata)
    func `metadata that is not the issuer's is of no use`(metadata: String) async throws {
        let other = try OtherService()
        other.place(metadata, at: OtherService.openID)
        try await Self.server(other.issuer()).test { client in
            let response = try await client.get("/name", .bearer(other.tokens.build().token))
            #expect(response.status == .serviceUnavailable)
        }
    }

    // MARK: What is an access token (RFC 9068 §4)

    @Test(arguments: [
        ("at+jwt", true, true), ("application/at+jwt", true, true), ("AT+JWT", true, true), ("JWT", false, true),
        ("logout+jwt", false, false), ("secevent+jwt", false, false),
    ])
    func `the type decides`(type: String, isProfile: Bool, isAny: Bool) async throws {
        let other = try OtherService()
        let token = try await other.tokens.header("typ", .string(type)).build().token
        for (profile, isAccepted) in [(AccessTokenProfile.rfc9068, isProfile), (.anyType, isAny)] {
            try await Self.server(other.issuer(), profile).test { client in
                let response = try await client.get("/name", .bearer(token))
                #expect(response.status == (isAccepted ? .ok : .unauthorized))
            }
        }
    }

    /// OpenID Connect Core 1.0 §2 and §3.3.2.11.
    @Test(arguments: ["nonce", "at_hash", "c_hash"])
    func `an ID token is none, though its audience be right`(claim: String) async throws {
        let other = try OtherService()
        let tokens = other.tokens.header("typ", "JWT")
        try await Self.server(other.issuer(), .anyType).test { client in
            let token = try await client.get("/name", .bearer(tokens.build().token))
            #expect(token.status == .ok)
            let response = try await client.get("/name", .bearer(tokens.claim(ClaimName(claim), "x").build().token))
            #expect(response.status == .unauthorized)
            #expect(response.headers[.wwwAuthenticate]?.contains("invalid_token") == true)
        }
    }

    /// RFC 9068 §2.2; what the profile does not ask for, issuers without it need not give.
    @Test(arguments: ["client_id", "jti", "sub"])
    func `the profile demands its claims`(missing: String) async throws {
        let other = try OtherService()
        var tokens = JWTBuilder(keys: other.keys).issuer(OtherService.issuer).audience("orders")
            .header("typ", "at+jwt")
        if missing != "sub" { tokens = tokens.subject("ada") }
        if missing != "client_id" { tokens = tokens.claim(.clientID, "shop") }
        if missing != "jti" { tokens = tokens.randomIdentifier() }
        let token = try await tokens.build().token
        for (profile, isAccepted) in [(AccessTokenProfile.rfc9068, false), (.anyType, true)] {
            try await Self.server(other.issuer(), profile).test { client in
                let response = try await client.get("/name", .bearer(token))
                #expect(response.status == (isAccepted ? .ok : .unauthorized))
            }
        }
    }

    @Test func `audience, issuer and subject are what they should be`() async throws {
        let other = try OtherService()
        let nameless = JWTBuilder(keys: other.keys).issuer(OtherService.issuer).audience("orders")
            .header("typ", "at+jwt")
        try await Self.server(other.issuer()).test { client in
            let tokens = [
                other.tokens.audience("client"), other.tokens.issuer(OtherService.issuer + "/"), nameless,
            ]
            for tokens in tokens {
                let response = try await client.get("/name", .bearer(tokens.build().token))
                #expect(response.status == .unauthorized)
            }
        }
    }

    @Test func `the algorithms may be fewer, and are never those of shared secrets`() async throws {
        let other = try OtherService()
        try await Self.server(other.issuer(), algorithms: [.edDSA, .hs256]).test { client in
            let response = try await client.get("/name", .bearer(other.tokens.build().token))
            #expect(response.status == .unauthorized)
            #expect(response.headers[.wwwAuthenticate]?.contains("ES256") == true)
        }
    }

    // MARK: Before the first token

    @Test func `keys can be fetched before the first token comes`() async throws {
        let other = try OtherService()
        let fetched = LogGate("Keys were fetched")
        let issuer = try other.issuer(cooldown: .seconds(3600), log: fetched)
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await issuer.keepFresh() }
            await fetched.gate.wait()
            tasks.cancelAll()
        }
        other.isReachable(false)
        try await Self.server(issuer).test { client in
            let response = try await client.get("/name", .bearer(other.tokens.build().token))
            #expect(response.status == .ok)
        }
    }
}

/// Opens a gate when a message is logged.
private struct LogGate: LogDestination {
    let gate = Gate()
    private let message: String

    init(_ message: String) { self.message = message }

    func write(_ record: LogRecord) {
        if record.message == message { gate.open() }
    }
}

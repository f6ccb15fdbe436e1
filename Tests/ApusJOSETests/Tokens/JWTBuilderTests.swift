import ApusJOSE
import FoundationEssentials
import Testing

@Suite struct JWTBuilderTests {
    private let keys: KeyStore
    private let tokens: JWTBuilder

    init() throws {
        keys = try KeyStore(Forge.key(), clock: Forge.clock())
        tokens = JWTBuilder(keys: keys, clock: Forge.clock(after: 0.75)).issuer("KestrunApi").audience("KestrunClients")
    }

    // Made with Python's json, base64 and hmac from the same claims; PyJWT accepts it.
    @Test func `builds the token that Python builds`() async throws {
        let user = "admin"
        let issued = try await tokens.subject(user).claim(.name, user).claim(.role, "admin").build()
        let payload = try #require(issued.token.split(separator: ".").dropFirst().first)
        #expect(
            String(decoding: try Base64URL.decode(String(payload)), as: UTF8.self) == """
                {"iss":"KestrunApi","aud":"KestrunClients","sub":"admin","name":"admin","role":"admin",\
                "iat":1767323045,"nbf":1767323045,"exp":1767326645}
                """
        )
        #expect(
            issued.token == """
                eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6Imp3YmlYVGpLMGhVV2d1dEduM0k1TTlxYmlWdlNxXzVFdEYwOENBaTFxYk0ifQ\
                .eyJpc3MiOiJLZXN0cnVuQXBpIiwiYXVkIjoiS2VzdHJ1bkNsaWVudHMiLCJzdWIiOiJhZG1pbiIsIm5hbWUiOiJhZG1pbiIsInJvbGUi\
                OiJhZG1pbiIsImlhdCI6MTc2NzMyMzA0NSwibmJmIjoxNzY3MzIzMDQ1LCJleHAiOjE3NjczMjY2NDV9\
                .3rQQolwx3Sy55LO0FFNkpm2WDVeuRDIK13HSSeHgpF0
                """
        )
    }

    @Test func `tells what it issued`() async throws {
        let issued = try await tokens.subject("admin").build()
        let now = Date(timeIntervalSince1970: Forge.now)
        #expect(issued.issuedAt == now)
        #expect(issued.notBefore == now)
        #expect(issued.expires == now + 3600)
        #expect(issued.expiresIn == 3600)
        #expect(issued.claims.subject == "admin")
        #expect(issued.claims.expires == issued.expires)
        #expect(issued.header.members == ["alg": "HS256", "typ": "JWT", "kid": .string(Forge.kid)])
    }

    /// What is told is put together anew, and must be what the token says, name by name and in its order.
    @Test func `tells the claims that it signed`() async throws {
        let long = tokens.claim("text", String(repeating: "\n\"", count: 400)).claim("é", [1, -1])
        for builder in [tokens, tokens.identifier("\"7\""), tokens.randomIdentifier(), long] {
            let issued = try await builder.build()
            let payload = try #require(issued.token.split(separator: ".").dropFirst().first)
            let signed = try JSONValue.parse(try Base64URL.decode(String(payload)))
            #expect(signed.object?.members == issued.claims.members.members)
        }
        let bare = try await JWTBuilder(keys: keys, clock: Forge.clock()).build()
        #expect(bare.claims.members.names == ["iat", "nbf", "exp"])
    }

    @Test func `does not show the token in its description`() async throws {
        let issued = try await tokens.build()
        var dumped = ""
        dump(issued, to: &dumped)
        #expect(!"\(issued) \(String(reflecting: issued)) \(dumped)".contains("eyJ"))
    }

    @Test(arguments: [(32, SignatureAlgorithm.hs256), (48, .hs384), (64, .hs512)])
    func `builds what its own parameters accept`(count: Int, algorithm: SignatureAlgorithm) async throws {
        let keys = try KeyStore(.hmac(bytes: [UInt8](repeating: 9, count: count)))
        let plain = JWTBuilder(keys: keys, clock: Forge.clock())
        for tokens in [plain, plain.issuer("i"), plain.audience("a", "b"), plain.issuer("i").audience("a")] {
            let verified = try tokens.validationParameters.verify(await tokens.subject("s").build().token)
            #expect(verified.claims.subject == "s")
            #expect(verified.header.algorithm == algorithm.rawValue)
        }
    }

    @Test func `is a value whose steps leave the original alone`() async throws {
        let base = tokens.subject("first")
        let changed = base.subject("second").claim(.role, "admin")
        #expect(try await base.build().claims.subject == "first")
        #expect(try await base.build().claims[.role] == nil)
        #expect(try await changed.build().claims.subject == "second")
    }

    @Test func `writes one audience as a string and several as an array`() async throws {
        #expect(try await tokens.audience("a").build().claims[.audience] == "a")
        #expect(try await tokens.audience("a", "b").build().claims[.audience] == ["a", "b"])
    }

    @Test func `keeps the types of claims`() async throws {
        let (flag, count, list) = (true, 3, ["a", "b"])
        let claims = try await tokens.claim("flag", flag).claim("count", count).claim("list", list)
            .claim("mixed", [1, "two", nil]).claim("none", nil)
            .claim(.authenticationTime, Date(timeIntervalSince1970: 100.9)).build().claims
        #expect(claims["flag"] == true)
        #expect(claims["count"] == 3)
        #expect(claims["list"] == ["a", "b"])
        #expect(claims["mixed"] == [1, "two", nil])
        #expect(claims["none"] == .null)
        #expect(claims[.authenticationTime] == 100)
    }

    @Test func `counts the lifetime from the beginning`() async throws {
        let start = Date(timeIntervalSince1970: Forge.now + 600)
        let issued = try await tokens.notBefore(start).lifetime(.seconds(90)).build()
        #expect(issued.issuedAt == Date(timeIntervalSince1970: Forge.now))
        #expect(issued.notBefore == start)
        #expect(issued.expires == start + 90)
        #expect(issued.expiresIn == 690)
    }

    @Test(arguments: [(Duration.milliseconds(1), 1), (.seconds(1), 1), (.milliseconds(1001), 2)])
    func `rounds the lifetime up to whole seconds`(lifetime: Duration, seconds: Int) async throws {
        #expect(try await tokens.lifetime(lifetime).build().expiresIn == seconds)
    }

    @Test func `gives each token an identifier of its own when asked to`() async throws {
        #expect(try await tokens.build().claims.identifier == nil)
        #expect(try await tokens.identifier("one").build().claims.identifier == "one")
        #expect(try await tokens.claim(.identifier, "two").build().claims.identifier == "two")
        let random = tokens.randomIdentifier()
        var identifiers: Set<String> = []
        for _ in 0..<100 { identifiers.insert(try #require(try await random.build().claims.identifier)) }
        #expect(identifiers.count == 100)
        #expect(identifiers.allSatisfy { (try? Base64URL.decode($0).count) == 16 })
    }

    @Test func `adds header parameters`() async throws {
        let issued = try await tokens.header("typ", "at+jwt").header("x-tenant", 7).build()
        let verified = try tokens.validationParameters.verify(issued.token)
        #expect(
            verified.header.members == ["alg": "HS256", "typ": "at+jwt", "kid": .string(Forge.kid), "x-tenant": 7]
        )
        #expect(issued.header == verified.header)
    }

    @Test(arguments: ["alg", "enc", "kid", "zip", "crit", "b64"])
    func `refuses header parameters that follow from the key`(name: String) async {
        await #expect(throws: JWTBuilderError.headerNotAllowed(name)) { try await tokens.header(name, "x").build() }
    }

    @Test(arguments: ["typ", "cty"])
    func `refuses a type that is no string`(name: String) async {
        await #expect(throws: JWTBuilderError.headerWronglyTyped(name)) { try await tokens.header(name, 1).build() }
    }

    @Test(
        arguments: [
            (.issuer, 1), (.issuer, nil), (.subject, true), (.subject, ["a"]), (.identifier, 7), (.audience, 1),
            (.audience, []), (.audience, ["a", 1]), (.audience, ["a": "b"]),
        ] as [(ClaimName, JSONValue)]
    )
    func `refuses registered claims of the wrong type`(name: ClaimName, value: JSONValue) async {
        await #expect(throws: JWTBuilderError.claimWronglyTyped(name.rawValue)) {
            try await tokens.claim(name, value).subject("a later step does not undo it").build()
        }
    }

    @Test func `tells the first of several mistakes`() async {
        await #expect(throws: JWTBuilderError.claimWronglyTyped("sub")) {
            try await tokens.claim(.subject, 1).header("alg", "none").lifetime(.zero).build()
        }
    }

    @Test(arguments: [ClaimName.expires, .notBefore, .issuedAt])
    func `refuses claims that it computes`(name: ClaimName) async {
        await #expect(throws: JWTBuilderError.claimComputed(name.rawValue)) { try await tokens.claim(name, 1).build() }
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func `refuses a lifetime that is not positive`(lifetime: Duration) async {
        await #expect(throws: JWTBuilderError.lifetimeNotPositive) { try await tokens.lifetime(lifetime).build() }
        await #expect(throws: JWTBuilderError.lifetimeNotPositive) {
            try await tokens.maximumTotalLifetime(lifetime).build()
        }
    }

    @Test func `refuses instants beyond what a token can hold`() async throws {
        for lifetime in [Duration.seconds(Int64.max), .seconds(1 << 53)] {
            await #expect(throws: JWTBuilderError.dateOutOfRange) { try await tokens.lifetime(lifetime).build() }
        }
        for seconds in [Double.infinity, .nan, 1e300, -1e300] {
            let date = Date(timeIntervalSince1970: seconds)
            await #expect(throws: JWTBuilderError.dateOutOfRange) { try await tokens.notBefore(date).build() }
            await #expect(throws: JWTBuilderError.dateOutOfRange) {
                try await JWTBuilder(keys: keys) { date }.build()
            }
        }
    }

    @Test func `signs with the key that signs at that moment`() async throws {
        try await keys.add(.hmac(generated: .hs512, kid: "new"))
        #expect(try await tokens.build().header.kid == Forge.kid)
        try await keys.use(kid: "new")
        let issued = try await tokens.build()
        #expect(issued.header.kid == "new")
        #expect(issued.header.algorithm == "HS512")
        #expect(throws: Never.self) { try tokens.validationParameters.verify(issued.token) }
    }
}

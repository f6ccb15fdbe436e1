import Testing

@testable import ApusJOSE

/// Tokens of one kind are not accepted for those of another (RFC 8725 §3.11, RFC 9068 §4 and §5).
@Suite struct TokenKindTests {
    private func verify(
        typ: String?, _ parameters: ValidationParameters, adding additional: String = ""
    ) throws -> VerifiedToken {
        let type = typ.map { #","typ":"\#($0)""# } ?? ""
        return try parameters.verify(
            Forge.token(
                header: #"{"alg":"HS256","kid":"\#(Forge.kid)"\#(type)}"#,
                payload: Forge.claims.dropLast() + additional + "}"))
    }

    @Test(arguments: [nil, "JWT", "jwt", "application/jwt", "at+jwt", "application/at+jwt"])
    func `the types of access tokens are accepted`(type: String?) throws {
        #expect(throws: Never.self) { try verify(typ: type, Forge.parameters()) }
    }

    @Test(arguments: ["logout+jwt", "secevent+jwt", "dpop+jwt", "kb+jwt", "client-authentication+jwt", "JOSE", ""])
    func `the types of other tokens are refused`(type: String) throws {
        #expect(throws: TokenError.typeNotAccepted(type)) { try verify(typ: type, Forge.parameters()) }
    }

    @Test(arguments: ["nonce", "at_hash", "c_hash", "s_hash"])
    func `an ID token is refused unless it is wanted`(claim: String) throws {
        var parameters = try Forge.parameters()
        #expect(throws: TokenError.idTokenNotAccepted) {
            try verify(typ: "JWT", parameters, adding: #","\#(claim)":"x""#)
        }
        parameters.acceptsIDTokens = true
        #expect(throws: Never.self) { try verify(typ: "JWT", parameters, adding: #","\#(claim)":"x""#) }
    }

    // OpenID Connect Core §2: nonce and at_hash are optional, and what else an ID token has may stand in an access token
    // too (RFC 9068 §2.2.1). Whose issuer gives both the same audience has to demand the type.
    @Test func `an ID token without those claims passes for an access token unless a type is required`() throws {
        let additional = #","iat":1767323000,"auth_time":1767323000,"acr":"1","amr":["pwd"],"azp":"app","name":"Ada""#
        var parameters = try Forge.parameters()
        for type in [nil, "JWT"] {
            #expect(throws: Never.self) { try verify(typ: type, parameters, adding: additional) }
        }
        parameters.requiredType = "at+jwt"
        for type in [nil, "JWT"] {
            #expect(throws: TokenError.typeNotAccepted(type ?? "")) {
                try verify(typ: type, parameters, adding: additional)
            }
        }
    }

    // RFC 9068 §2.2: the claims that an access token has.
    @Test func `an access token by RFC 9068 is built and accepted, and an incomplete one refused`() async throws {
        let keys = try KeyStore(Forge.key())
        let builder = JWTBuilder(keys: keys, clock: Forge.clock())
            .issuer("KestrunApi").audience("KestrunClients").subject("admin").accessToken(clientID: "app")
        let issued = try await builder.build()
        #expect(issued.header.type == "at+jwt")
        let parameters = ValidationParameters.accessTokens(
            keys: keys, issuers: ["KestrunApi"], audiences: ["KestrunClients"], clock: Forge.clock())
        #expect(try parameters.verify(issued.token).claims[.clientID] == "app")
        #expect(try builder.validationParameters.verify(issued.token).claims.subject == "admin")
        #expect(throws: TokenError.typeNotAccepted("JWT")) { try parameters.verify(Forge.token()) }
        #expect(throws: TokenError.claimMissing("client_id")) { try verify(typ: "at+jwt", parameters) }
    }
}

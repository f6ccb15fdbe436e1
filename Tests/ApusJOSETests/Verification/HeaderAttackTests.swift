import FoundationEssentials
import Testing

@testable import ApusJOSE

/// What a hostile header can say (RFC 8725 and the CVE classes behind it).
///
/// Unless a test says otherwise its tokens are signed rightly.
@Suite struct HeaderAttackTests {
    private func verify(_ header: String, _ parameters: ValidationParameters? = nil) throws -> VerifiedToken {
        try (parameters ?? Forge.parameters()).verify(Forge.token(header: header))
    }

    @Test(arguments: ["none", "None", "NONE", "nOnE", "", " none", "hs256", "HS256 ", " HS256", "HS256\0"])
    func `refuses every spelling of none and of other names`(name: String) throws {
        let header = JSONValue.object(["alg": .string(name), "kid": .string(Forge.kid)]).description
        #expect(throws: TokenError.algorithmNotAllowed(EchoedText(name).description)) { try verify(header) }
    }

    @Test func `refuses a header without an algorithm`() {
        #expect(throws: TokenError.algorithmNotAllowed("")) { try verify(#"{"typ":"JWT","kid":"\#(Forge.kid)"}"#) }
    }

    @Test(arguments: ["none", "None", "nOnE", "NONE"])
    func `refuses an unsigned token`(name: String) throws {
        let header = Base64URL.encode([UInt8](#"{"alg":"\#(name)","typ":"JWT"}"#.utf8))
        let payload = Base64URL.encode([UInt8](Forge.claims.utf8))
        #expect(throws: TokenError.algorithmNotAllowed(name)) { try Forge.parameters().verify("\(header).\(payload).") }
    }

    // RFC 7515 appendix A.5 (also RFC 7519 §6.1), at a time when nothing else would be against it.
    @Test func `refuses the unsecured token of RFC 7515 A.5 for its algorithm`() throws {
        let token = """
            eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp\
            0cnVlfQ.
            """
        var parameters = ValidationParameters(
            keys: try KeyStore(Forge.key()), issuers: ["joe"], clock: { Date(timeIntervalSince1970: 1_300_819_379) })
        #expect(throws: TokenError.algorithmNotAllowed("none")) { try parameters.verify(token) }
        parameters.algorithms = SignatureAlgorithm.allCases
        #expect(throws: TokenError.algorithmNotAllowed("none")) { try parameters.verify(token) }
        #expect(try UnverifiedToken(inspecting: token).claims.issuer == "joe")
        let keys = [try Forge.key().verificationKey]
        #expect(throws: JWSError.malformed) { try JWS.verify(token, with: keys) }
    }

    @Test(arguments: ["RS256", "PS256", "ES256", "EdDSA", "A256KW", "dir", "HS384", "HS512", "HS1"])
    func `takes the algorithm from the key and not from the token`(name: String) {
        #expect(throws: TokenError.algorithmNotAllowed(name)) {
            try verify(#"{"alg":"\#(name)","kid":"\#(Forge.kid)"}"#)
        }
    }

    @Test(arguments: ["none", "RS256", "HS512"])
    func `refuses the algorithm before it looks for the key`(name: String) {
        #expect(throws: TokenError.algorithmNotAllowed(name)) { try verify(#"{"alg":"\#(name)","kid":"unknown"}"#) }
    }

    @Test func `refuses the algorithm of one key for another`() throws {
        let keys = try KeyStore(Forge.key(), .hmac(bytes: [UInt8](0..<64), kid: "long"))
        let key = try SigningKey.hmac(bytes: [UInt8](0..<64), algorithm: .hs256, kid: "long")
        let token = try Forge.token(header: #"{"alg":"HS256","kid":"long"}"#, key: key)
        #expect(throws: TokenError.algorithmNotAllowed("HS256")) { try Forge.parameters(keys).verify(token) }
    }

    @Test func `narrows the algorithms of the keys to those allowed`() throws {
        var parameters = try Forge.parameters()
        parameters.algorithms = [.hs512]
        #expect(throws: TokenError.algorithmNotAllowed("HS256")) { try parameters.verify(Forge.token()) }
        parameters.algorithms = []
        #expect(throws: TokenError.algorithmNotAllowed("HS256")) { try parameters.verify(Forge.token()) }
        parameters.algorithms = [.hs256, .hs512]
        #expect(throws: Never.self) { try parameters.verify(Forge.token()) }
    }

    // RFC 7515 §4.1.11: names that are not understood, none, registered ones, absent ones, and other types.
    @Test(arguments: [
        #"["b64"]"#, #"["exp"]"#, #"["x-unknown"]"#, "[]", #"["alg"]"#, #"["x-absent"]"#, #""exp""#, "true", "null",
        "1",
        #"{"exp":1}"#, "[1]",
    ])
    func `refuses every critical header`(critical: String) {
        #expect(throws: TokenError.headerNotSupported("crit")) {
            try verify(#"{"alg":"HS256","kid":"\#(Forge.kid)","x-unknown":1,"crit":\#(critical)}"#)
        }
    }

    // RFC 7797 §7.
    @Test(arguments: ["false", "0", "null", #""true""#])
    func `refuses a payload that is not encoded`(value: String) {
        #expect(throws: TokenError.headerNotSupported("b64")) {
            try verify(#"{"alg":"HS256","kid":"\#(Forge.kid)","b64":\#(value)}"#)
        }
    }

    @Test func `takes b64 true for what it says`() {
        #expect(throws: Never.self) { try verify(#"{"alg":"HS256","kid":"\#(Forge.kid)","b64":true}"#) }
    }

    @Test func `follows no key that the token brings along`() throws {
        let own = try SigningKey.hmac(bytes: [UInt8](0..<32), algorithm: .hs256, kid: "own")
        let sources = [
            #""jku":"https://evil.example/jwks""#, #""x5u":"https://evil.example/cert""#, #""x5c":["MIIB"]"#,
            #""jwk":{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}"#,
        ]
        for source in sources {
            let foreign = try Forge.token(header: #"{"alg":"HS256","kid":"own",\#(source)}"#, key: own)
            #expect(throws: TokenError.keyNotFound) { try Forge.parameters().verify(foreign) }
            let claimed = try Forge.token(header: #"{"alg":"HS256","kid":"\#(Forge.kid)",\#(source)}"#, key: own)
            #expect(throws: TokenError.signatureInvalid) { try Forge.parameters().verify(claimed) }
            #expect(throws: Never.self) { try verify(#"{"alg":"HS256","kid":"\#(Forge.kid)",\#(source)}"#) }
        }
    }

    @Test(arguments: [
        "", "unknown", "../../../../etc/passwd", "/dev/null", "' OR '1'='1", "a\r\nSet-Cookie: b=c", "\0", "é",
        String(repeating: "k", count: 257), String(repeating: "k", count: 8000),
    ])
    func `treats an unknown key identifier as opaque and falls back to no key`(kid: String) throws {
        let header = JSONValue.object(["alg": "HS256", "kid": .string(kid)]).description
        #expect(throws: TokenError.keyNotFound) { try verify(header) }
    }

    @Test func `accepts a token without an identifier when one key alone can be meant`() throws {
        let header = #"{"alg":"HS256"}"#
        #expect(throws: Never.self) { try verify(header) }
        let two = try Forge.parameters(KeyStore(Forge.key(), .hmac(generated: .hs256)))
        #expect(throws: TokenError.keyNotFound) { try verify(header, two) }
        var mixed = try Forge.parameters(KeyStore(Forge.key(), .hmac(generated: .hs512)))
        #expect(throws: TokenError.keyNotFound) { try verify(header, mixed) }
        mixed.algorithms = [.hs256]
        #expect(throws: Never.self) { try verify(header, mixed) }
    }

    @Test(arguments: [
        #"{"alg":1,"kid":"k"}"#, #"{"alg":null}"#, #"{"alg":["HS256"]}"#, #"{"alg":"HS256","kid":1}"#,
        #"{"alg":"HS256","kid":null}"#, #"{"alg":"HS256","typ":1}"#, #"{"alg":"HS256","alg":"HS256"}"#,
        #"{"alg":"none","alg":"HS256"}"#, #"{"alg":"HS256","\u0061lg":"none"}"#, "[]", "\"HS256\"", "", "{", "{}{}",
        "\u{FEFF}{\"alg\":\"HS256\"}", #"{"alg":"HS256",}"#, "{'alg':'HS256'}", "not JSON",
    ])
    func `refuses a header that is no strict JSON object of the right types`(header: String) {
        #expect(throws: TokenError.malformed) { try verify(header) }
    }

    @Test func `refuses a header that is not UTF-8`() throws {
        let header = [UInt8](#"{"alg":"HS256","x":""#.utf8) + [0xC3, 0x28] + [UInt8](#""}"#.utf8)
        let token = try Forge.token(header: header, payload: [UInt8](Forge.claims.utf8))
        #expect(throws: TokenError.malformed) { try Forge.parameters().verify(token) }
    }

    @Test func `refuses a header nested more than 32 deep`() {
        func header(_ depth: Int) -> String {
            let value = String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
            return #"{"alg":"HS256","x":\#(value)}"#
        }
        #expect(throws: Never.self) { try verify(header(32)) }
        #expect(throws: TokenError.malformed) { try verify(header(33)) }
    }

    @Test(arguments: [
        ("JWT", "JWT", true), ("JWT", "jwt", true), ("at+jwt", "AT+JWT", true),
        ("at+jwt", "application/at+jwt", true), ("application/at+jwt", "at+jwt", true), ("at+jwt", "JWT", false),
        ("at+jwt", "", false), ("at+jwt", "x/at+jwt", false), ("at+jwt", "at+jwt ", false),
    ])
    func `demands the type that is required`(required: String, type: String, isAccepted: Bool) throws {
        var parameters = try Forge.parameters()
        parameters.requiredType = required
        let header = #"{"alg":"HS256","kid":"\#(Forge.kid)","typ":"\#(type)"}"#
        if isAccepted {
            #expect(throws: Never.self) { try verify(header, parameters) }
        } else {
            #expect(throws: TokenError.typeNotAccepted(type)) { try verify(header, parameters) }
        }
    }

    @Test func `demands a type when one is required and none is there`() throws {
        var parameters = try Forge.parameters()
        parameters.requiredType = "at+jwt"
        #expect(throws: TokenError.typeNotAccepted("")) { try verify(#"{"alg":"HS256"}"#, parameters) }
        #expect(throws: TokenError.typeNotAccepted("JWT")) { try parameters.verify(Forge.token()) }
    }
}

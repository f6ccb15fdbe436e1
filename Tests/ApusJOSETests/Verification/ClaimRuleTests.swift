import FoundationEssentials
import Testing

@testable import ApusJOSE

/// The rules for claims (RFC 7519 §4.1).
///
/// Unless a test says otherwise its tokens are signed rightly.
@Suite struct ClaimRuleTests {
    private static let valid: JSONObject = [
        "iss": "KestrunApi", "aud": "KestrunClients", "sub": "admin", "exp": 1_767_326_645,
    ]

    private func verify(
        _ name: String,
        _ value: JSONValue?,
        _ parameters: ValidationParameters? = nil
    ) throws -> VerifiedToken {
        var members = Self.valid
        members[name] = value
        let token = try Forge.token(payload: JSONValue.object(members).description)
        return try (parameters ?? Forge.parameters()).verify(token)
    }

    private func verify(payload: String) throws -> VerifiedToken {
        try Forge.parameters().verify(Forge.token(payload: payload))
    }

    // RFC 7519 §4.1.4: on or after exp the token is refused; 60 seconds of skew are granted.
    @Test(arguments: [(0.0, true), (3599, true), (3600, true), (3659.9, true), (3660, false), (1e9, false)])
    func `accepts a token until its end and the skew`(seconds: Double, isAccepted: Bool) throws {
        let parameters = try Forge.parameters(after: seconds)
        if isAccepted {
            #expect(throws: Never.self) { try parameters.verify(Forge.token()) }
        } else {
            #expect(throws: TokenError.expired(at: Date(timeIntervalSince1970: Forge.now + 3600))) {
                try parameters.verify(Forge.token())
            }
        }
    }

    // RFC 7519 §4.1.5: before nbf the token is refused; 60 seconds of skew are granted.
    @Test(arguments: [(0.0, true), (59.5, true), (60, true), (60.5, false), (3600, false)])
    func `accepts a token from its beginning less the skew`(seconds: Double, isAccepted: Bool) throws {
        let value = try #require(JSONNumber(Forge.now + seconds))
        if isAccepted {
            #expect(throws: Never.self) { try verify("nbf", .number(value)) }
        } else {
            #expect(throws: TokenError.notYetValid(at: Date(timeIntervalSince1970: Forge.now + seconds))) {
                try verify("nbf", .number(value))
            }
        }
    }

    @Test func `grants the skew that is set and never less than none`() throws {
        for (skew, end) in [(Duration.zero, 3600.0), (.seconds(-10), 3600), (.milliseconds(1500), 3601.5)] {
            var parameters = try Forge.parameters(after: end - 0.25)
            parameters.clockSkew = skew
            #expect(throws: Never.self) { try parameters.verify(Forge.token()) }
            parameters.clock = Forge.clock(after: end)
            #expect(throws: TokenError.self) { try parameters.verify(Forge.token()) }
        }
    }

    @Test func `refuses everything when the clock is no time`() throws {
        var parameters = try Forge.parameters()
        parameters.clock = { Date(timeIntervalSince1970: .nan) }
        #expect(throws: TokenError.self) { try parameters.verify(Forge.token()) }
    }

    @Test func `demands an end unless told otherwise`() throws {
        #expect(throws: TokenError.expirationMissing) { try verify("exp", nil) }
        var parameters = try Forge.parameters()
        parameters.requiresExpiration = false
        #expect(throws: Never.self) { try verify("exp", nil, parameters) }
    }

    @Test(arguments: ["exp", "nbf", "iat"])
    func `refuses an instant that is no number or out of range`(name: String) throws {
        for value: JSONValue in [
            "1767326645", true, false, nil, [], [1_767_326_645], [:], 9_007_199_254_740_993, -9_007_199_254_740_993,
            1e300,
        ] {
            #expect(throws: TokenError.claimMalformed(name)) { try verify(name, value) }
        }
    }

    @Test(arguments: ["1e400", "-1e400", "NaN", "Infinity", "0x69", "01"])
    func `refuses an instant that is no JSON`(value: String) {
        #expect(throws: TokenError.malformed) {
            try verify(payload: #"{"iss":"KestrunApi","aud":"KestrunClients","exp":\#(value)}"#)
        }
    }

    @Test func `accepts instants with a fraction and at the limits`() throws {
        #expect(throws: Never.self) { try verify("exp", 1_767_326_645.5) }
        #expect(throws: Never.self) { try verify("exp", 9_007_199_254_740_992) }
        #expect(throws: Never.self) { try verify("nbf", -9_007_199_254_740_992) }
        #expect(throws: Never.self) { try verify("iat", -1.5) }
        #expect(throws: TokenError.expired(at: Date(timeIntervalSince1970: -1))) { try verify("exp", -1) }
    }

    // RFC 7519 §4.1.3.
    @Test(
        arguments: [
            "KestrunClients", ["KestrunClients"], ["other", "KestrunClients"], ["KestrunClients", "other"],
        ] as [JSONValue]
    )
    func `accepts a token that is for this service among others`(audience: JSONValue) {
        #expect(throws: Never.self) { try verify("aud", audience) }
    }

    @Test(
        arguments: [
            ("other", "other"), (["other"], "other"), (["a", "b"], "a, b"), ("", ""),
            ("kestrunclients", "kestrunclients"),
            ("KestrunClients ", "KestrunClients "), ("KestrunClients\r\n", "KestrunClients%0D%0A"),
        ] as [(JSONValue, String)]
    )
    func `refuses a token for others`(audience: JSONValue, echoed: String) {
        #expect(throws: TokenError.audienceInvalid(echoed)) { try verify("aud", audience) }
    }

    @Test(
        arguments: [
            [], [1], ["KestrunClients", 1], ["KestrunClients", nil], [["KestrunClients"]], 1, true, nil, ["a": "b"],
        ] as [JSONValue]
    )
    func `refuses an audience that is neither a string nor an array of strings`(audience: JSONValue) {
        #expect(throws: TokenError.claimMalformed("aud")) { try verify("aud", audience) }
    }

    @Test func `refuses a token without the audience or the issuer that is asked for`() {
        #expect(throws: TokenError.claimMissing("aud")) { try verify("aud", nil) }
        #expect(throws: TokenError.claimMissing("iss")) { try verify("iss", nil) }
    }

    @Test func `leaves audience and issuer unchecked only when told to`() throws {
        var parameters = try Forge.parameters()
        parameters.audiences = []
        parameters.issuers = []
        #expect(throws: TokenError.issuerInvalid("KestrunApi")) { try verify("sub", "s", parameters) }
        parameters.allowsAnyIssuer = true
        #expect(throws: TokenError.audienceInvalid("KestrunClients")) { try verify("sub", "s", parameters) }
        parameters.allowsAnyAudience = true
        #expect(throws: Never.self) { try verify("sub", "s", parameters) }
        #expect(throws: TokenError.claimMalformed("aud")) { try verify("aud", 1, parameters) }
        parameters.issuers = ["another"]
        #expect(throws: TokenError.issuerInvalid("KestrunApi")) { try verify("sub", "s", parameters) }
    }

    @Test(arguments: ["other", "", "kestrunapi", "KestrunApi/", "KestrunApi\0"])
    func `refuses another issuer`(issuer: String) {
        #expect(throws: TokenError.issuerInvalid(EchoedText(issuer).description)) {
            try verify("iss", .string(issuer))
        }
    }

    // U+212A KELVIN SIGN equals "K" to Swift; RFC 7519 §7.3 compares without normalisation.
    @Test func `compares issuer and audience octet by octet`() {
        #expect(throws: TokenError.issuerInvalid("%E2%84%AAestrunApi")) { try verify("iss", "\u{212A}estrunApi") }
        #expect(throws: TokenError.audienceInvalid("%E2%84%AAestrunClients")) {
            try verify("aud", "\u{212A}estrunClients")
        }
    }

    // Two orders of the same marks are canonically equivalent and equally long.
    @Test func `compares octet by octet where the length is the same`() throws {
        var parameters = try Forge.parameters()
        parameters.issuers = ["a\u{323}\u{307}"]
        #expect(throws: TokenError.issuerInvalid("a%CC%87%CC%A3")) { try verify("iss", "a\u{307}\u{323}", parameters) }
        #expect(throws: Never.self) { try verify("iss", "a\u{323}\u{307}", parameters) }
    }

    @Test(arguments: ["iss", "sub", "jti"])
    func `refuses names that are no strings`(name: String) {
        for value: JSONValue in [1, true, nil, ["KestrunApi"], ["a": "b"]] {
            #expect(throws: TokenError.claimMalformed(name)) { try verify(name, value) }
        }
    }

    @Test func `demands the claims that are required`() throws {
        var parameters = try Forge.parameters()
        parameters.requiredClaims = [.subject, "tenant"]
        #expect(throws: TokenError.claimMissing("tenant")) { try verify("x", 1, parameters) }
        #expect(throws: TokenError.claimMissing("tenant")) { try verify("tenant", .null, parameters) }
        #expect(throws: Never.self) { try verify("tenant", false, parameters) }
    }

    @Test(arguments: [
        "", "[]", "null", "\"claims\"", "{", "{}{}", #"{"exp":1,"exp":1767326645}"#,
        #"{"exp":1,"\u0065xp":1767326645}"#,
        #"{"sub":"a","sub":"b"}"#, "\u{FEFF}{}", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
    ])
    func `refuses claims that are no strict JSON object`(payload: String) {
        #expect(throws: TokenError.malformed) { try verify(payload: payload) }
    }

    @Test func `refuses claims that are not UTF-8`() throws {
        let payload = [UInt8](Forge.claims.utf8.dropLast()) + [UInt8](#","x":""#.utf8) + [0xFF] + [UInt8](#""}"#.utf8)
        let header = [UInt8](#"{"alg":"HS256"}"#.utf8)
        #expect(throws: TokenError.malformed) {
            try Forge.parameters().verify(Forge.token(header: header, payload: payload))
        }
    }

    @Test func `refuses claims nested more than 32 deep`() {
        func payload(_ depth: Int) -> String {
            let value = String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
            return Forge.claims.dropLast() + #","x":\#(value)}"#
        }
        #expect(throws: Never.self) { try verify(payload: payload(32)) }
        #expect(throws: TokenError.malformed) { try verify(payload: payload(33)) }
    }

    @Test func `checks the signature before any claim`() throws {
        let token = try Forge.token(payload: "not JSON", key: .hmac(generated: .hs256))
        #expect(throws: TokenError.signatureInvalid) { try Forge.parameters().verify(token) }
    }
}

import ApusJOSE
import Testing

@Suite struct UnverifiedTokenTests {
    // RFC 7519 §6.1: an unsecured JWT.
    private let unsecured = """
        eyJhbGciOiJub25lIn0\
        .eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.
        """

    @Test func `shows what an unsecured token says`() throws {
        let token = try UnverifiedToken(inspecting: unsecured)
        #expect(token.header.algorithm == "none")
        #expect(token.claims.issuer == "joe")
        #expect(token.claims["http://example.com/is_root"] == true)
    }

    @Test func `shows what a token says whose signature is wrong`() throws {
        let token = try UnverifiedToken(inspecting: unsecured + "AAAA")
        #expect(token.claims.issuer == "joe")
    }

    // The protected header of RFC 7516 A.1.
    private static let sealedHeader = "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ"

    @Test func `shows the protected header of an encrypted token and none of its claims`() throws {
        let token = try UnverifiedToken(
            inspecting: Self.sealedHeader + ".OKOawDo13gRp.48V1_ALb6US04U3b.5eym8TW_c8SuK0lt.XFBoMYUZodetZdvTiFvSkQ")
        #expect(token.isEncrypted)
        #expect(token.header.members == ["alg": "RSA-OAEP", "enc": "A256GCM"])
        #expect(token.claims.members.members.isEmpty)
        #expect(try !UnverifiedToken(inspecting: unsecured).isEncrypted)
    }

    @Test(arguments: [
        "", "a.b.c", "e30", "e30.e30", "e30.e30.e30.e30", "W10.e30.", "e30.W10.", "e30.e31.", "e30=.e30.",
        "....", ".e30.e30.e30.e30", "W10.e30.e30.e30.e30", "e30.e31.e30.e30.e30", "e30.e30.e30.e30.e30.e30",
    ])
    func `refuses what is no token`(text: String) {
        #expect(throws: TokenError.malformed) { try UnverifiedToken(inspecting: text) }
    }

    @Test func `refuses what is too large`() {
        #expect(throws: TokenError.tooLarge(limit: 16_384)) {
            try UnverifiedToken(inspecting: String(repeating: "a", count: 16_385))
        }
    }
}

import Testing

@testable import ApusJOSE

/// Tokens that only the holder of a key may use (RFC 7800, RFC 8705 §3).
@Suite struct ConfirmationTests {
    private static let certificate = CertificateThumbprint(certificate: [UInt8]("a certificate".utf8))
    private static let other = CertificateThumbprint(certificate: [UInt8]("another".utf8))

    private func token(_ confirmation: String) throws -> String {
        try Forge.token(payload: Forge.claims.dropLast() + #","cnf":\#(confirmation)}"#)
    }

    // openssl dgst -sha256 -binary over "a certificate", in Base64url.
    @Test func `the thumbprint is the SHA-256 of the certificate`() {
        #expect(Self.certificate.base64URL == "gazXYhQPppKhQoItL75NxvVLyqUB9oqzflru0Lr-TZk")
    }

    @Test func `a bound token is accepted with its certificate alone`() async throws {
        let builder = JWTBuilder(keys: try KeyStore(Forge.key()), clock: Forge.clock())
            .issuer("KestrunApi").audience("KestrunClients").bound(to: Self.certificate)
        let token = try await builder.build().token
        let parameters = builder.validationParameters
        #expect(throws: Never.self) { try parameters.verify(token, presentedWith: Self.certificate) }
        #expect(throws: TokenError.certificateMissing) { try parameters.verify(token) }
        #expect(throws: TokenError.certificateMismatch) { try parameters.verify(token, presentedWith: Self.other) }
        await #expect(throws: TokenError.certificateMissing) { try await parameters.validate(token) }
    }

    @Test func `a token that is bound to nothing needs no certificate and takes any`() throws {
        #expect(throws: Never.self) { try Forge.parameters().verify(Forge.token()) }
        #expect(throws: Never.self) { try Forge.parameters().verify(Forge.token(), presentedWith: Self.other) }
    }

    // RFC 9449 §6.1: a token that is bound to a DPoP key.
    @Test func `a token that is bound in a way that is not checked is refused unless said otherwise`() throws {
        var parameters = try Forge.parameters()
        let token = try token(#"{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}"#)
        #expect(throws: TokenError.confirmationNotSupported("jkt")) { try parameters.verify(token) }
        parameters.allowsUncheckedConfirmation = true
        #expect(throws: Never.self) { try parameters.verify(token) }
    }

    @Test(arguments: ["1", #""x""#, "null", "[]", #"{"x5t#S256":1}"#, #"{"x5t#S256":null}"#])
    func `a confirmation of the wrong type is refused`(confirmation: String) throws {
        let token = try token(confirmation)
        #expect(throws: TokenError.claimMalformed("cnf")) {
            try Forge.parameters().verify(token, presentedWith: Self.certificate)
        }
    }

    @Test func `a confirmation that names nothing is refused`() throws {
        let token = try token("{}")
        #expect(throws: TokenError.confirmationNotSupported("")) { try Forge.parameters().verify(token) }
    }
}

import ApusJOSE
import Testing

/// Algorithm confusion needs a public key in the place of a secret (CVE-2015-9235, CVE-2023-48223): none gets there.
@Suite struct SecretInspectionTests {
    // Made with `openssl ecparam` and `openssl ec -pubout`.
    static let publicKeyPEM = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7M0JXdTI/z63LLlCtbKUhOyq7Lfb
        QFq0bH85Pu8mAcEI7oYBMKlckyPnMixVB2Mcb9rcT/1JVhSGgfyK/qDonw==
        -----END PUBLIC KEY-----
        """

    @Test(arguments: [
        publicKeyPEM, " \n" + publicKeyPEM, "some words first\n" + publicKeyPEM,
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n0123456789",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJbLhG0nJt8X user@host",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY",
        #"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4","e":"AQAB"}"#,
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A" + String(repeating: "MIIBCgKC\nAQEA+/==", count: 8),
    ])
    func `refuses the text of a key file as a secret`(text: String) {
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(passphrase: text) }
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(bytes: [UInt8](text.utf8)) }
        let hexadecimal = text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(hexadecimal: hexadecimal) }
        #expect(throws: KeyError.secretIsNoSecret) {
            try SigningKey.hmac(base64URL: Base64URL.encode([UInt8](text.utf8)))
        }
    }

    @Test func `says so when key text is given as digits`() {
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(hexadecimal: Self.publicKeyPEM) }
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(base64URL: Self.publicKeyPEM) }
    }

    // The first octets of SubjectPublicKeyInfo for P-256 and Ed25519 (RFC 5480, RFC 8410), PKCS #1, PKCS #8 and X.509.
    @Test(
        arguments: [
            ([0x30, 0x59, 0x30, 0x13, 0x06, 0x07], 91), ([0x30, 0x2A, 0x30, 0x05, 0x06, 0x03], 44),
            ([0x30, 0x82, 0x01, 0x0A, 0x02, 0x82, 0x01, 0x01], 270), ([0x30, 0x81, 0x87, 0x02, 0x01, 0x00], 138),
            ([0x30, 0x82, 0x02, 0x58, 0x30, 0x82, 0x01, 0x90], 604), ([0x30, 0x82, 0x01, 0x22, 0x30, 0x0D, 0x06], 294),
        ] as [([UInt8], Int)]
    )
    func `refuses the DER of a key or a certificate as a secret`(prefix: [UInt8], count: Int) {
        let der = prefix + [UInt8](repeating: 0x5A, count: count - prefix.count)
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(bytes: der) }
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(base64URL: Base64URL.encode(der)) }
        #expect(throws: Never.self) { try SigningKey.hmac(bytes: der + [0]) }
    }

    @Test(arguments: [
        "begin with this: a long passphrase, not a key", "{ a brace is not a JWK but a passphrase }",
        "MIIs just how this passphrase of mine begins", "-----BEGI-----------------------------",
    ])
    func `takes other text as a secret`(text: String) {
        #expect(throws: Never.self) { try SigningKey.hmac(passphrase: text) }
    }
}

import Testing

@testable import ApusJOSE

/// Keys in PEM, DER and PKCS#12, as openssl writes them.
@Suite struct JWKFileTests {
    @Test(arguments: [PEMTexts.sec1, PEMTexts.pkcs8, PEMTexts.sec1.replacing("\n", with: "\r\n")])
    func `reads a private key in PEM`(text: String) throws {
        let key = try JWK(pem: text)
        #expect(key.kind == .p256)
        #expect(key.isPrivate)
        #expect(key.thumbprint() == PEMTexts.thumbprint)
    }

    @Test func `reads an encrypted key with its passphrase alone`() throws {
        let key = try JWK(pem: PEMTexts.encrypted, passphrase: PEMTexts.passphrase)
        #expect(key.isPrivate)
        #expect(key.thumbprint() == PEMTexts.thumbprint)
        #expect(throws: KeyError.passphraseMissing) { try JWK(pem: PEMTexts.encrypted) }
        #expect(throws: KeyError.passphraseWrong) { try JWK(pem: PEMTexts.encrypted, passphrase: "openbarley") }
    }

    @Test func `reads a public key`() throws {
        let key = try JWK(pem: PEMTexts.publicKey)
        #expect(!key.isPrivate)
        #expect(key.thumbprint() == PEMTexts.thumbprint)
        #expect(key.certificateChain.isEmpty)
        #expect(key.certificateThumbprint == nil)
    }

    @Test func `keeps the certificate that a key comes in`() throws {
        let key = try JWK(pem: PEMTexts.certificate)
        #expect(!key.isPrivate)
        #expect(key.thumbprint() == PEMTexts.thumbprint)
        #expect(key.certificateChain.count == 1)
        #expect(key.certificateThumbprint == PEMTexts.certificateThumbprint)
        let again = try JWK(json: key.json())
        #expect(again.certificateChain == key.certificateChain)
        #expect(try JWK(der: key.certificateChain[0]).certificateChain == key.certificateChain)
    }

    @Test(arguments: [
        PEMTexts.certificate + "\n" + PEMTexts.pkcs8, PEMTexts.pkcs8 + "\n" + PEMTexts.certificate,
        "words before\r\n" + PEMTexts.certificate + "\r\n" + PEMTexts.sec1 + "\r\n",
    ])
    func `reads a private key with its certificate in any order`(text: String) throws {
        let key = try JWK(pem: text)
        #expect(key.isPrivate)
        #expect(key.certificateThumbprint == PEMTexts.certificateThumbprint)
    }

    @Test func `refuses the certificate of another key`() throws {
        let other = try JWK.generate(.p256).pem(includingPrivateParts: true)
        #expect(throws: KeyError.certificateMismatch("x5c")) { try JWK(pem: other + PEMTexts.certificate) }
    }

    @Test func `reads a PKCS12 file`() throws {
        let file = try Base64.decode(PEMTexts.pkcs12)
        let key = try JWK(pkcs12: file, passphrase: PEMTexts.passphrase)
        #expect(key.isPrivate)
        #expect(key.thumbprint() == PEMTexts.thumbprint)
        #expect(key.certificateThumbprint == PEMTexts.certificateThumbprint)
        #expect(throws: KeyError.passphraseWrong) { try JWK(pkcs12: file, passphrase: "openbarley") }
    }

    @Test func `writes what it reads`() throws {
        let key = try JWK(pem: PEMTexts.sec1)
        #expect(try key.pem() == PEMTexts.publicKey + "\n")
        #expect(try key.pem(includingPrivateParts: true) == PEMTexts.pkcs8 + "\n")
        #expect(try JWK(der: key.der()).isPrivate == false)
        #expect(try JWK(der: key.der(includingPrivateParts: true)).isPrivate)
        let sealed = try key.pem(includingPrivateParts: true, passphrase: "open")
        #expect(sealed.hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
        #expect(throws: KeyError.passphraseMissing) { try JWK(pem: sealed) }
        #expect(try JWK(pem: sealed, passphrase: "open").thumbprint() == PEMTexts.thumbprint)
    }

    @Test func `writes no private part that it has not`() throws {
        let key = try JWK(pem: PEMTexts.publicKey)
        #expect(throws: KeyError.privatePartMissing) { try key.pem(includingPrivateParts: true) }
        #expect(throws: KeyError.privatePartMissing) { try key.der(includingPrivateParts: true) }
        #expect(throws: KeyError.noPEMForm) { try JWK(secret: [1, 2, 3]).pem() }
    }

    @Test(arguments: ["", "no key", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"])
    func `refuses text without a key`(text: String) {
        #expect(throws: KeyError.self) { try JWK(pem: text) }
        #expect(throws: KeyError.self) { try JWK(der: [UInt8](text.utf8)) }
    }
}

/// Certificates in a JWK (RFC 7517 §4.7–4.9).
@Suite struct CertificateChainTests {
    @Test func `reads the example of RFC 7517 appendix B`() throws {
        let key = try JWK(json: RFCKeys.certified)
        #expect(key.certificateChain.count == 1)
        #expect(key.certificateThumbprint == "pJm2BBpkB8y7tCqrWM0X37WOmQTO8zQw-VpxVgBb21I")
    }

    @Test func `checks the thumbprints that are stated`() throws {
        var object = try JWKTests.object(RFCKeys.certified, "x5t#S256", "pJm2BBpkB8y7tCqrWM0X37WOmQTO8zQw-VpxVgBb21I")
        object["x5t"] = "4pNenEBLv0JpLIdugWxQkOsZcK0"
        #expect(throws: Never.self) { try JWK(object) }
        object["x5t"] = "pJm2BBpkB8y7tCqrWM0X37WOmQTO8zQw-VpxVgBb21I"
        #expect(throws: KeyError.certificateMismatch("x5t")) { try JWK(object) }
        object["x5t"] = nil
        object["x5t#S256"] = .string(PEMTexts.certificateThumbprint)
        #expect(throws: KeyError.certificateMismatch("x5t#S256")) { try JWK(object) }
    }

    @Test func `refuses a chain that begins with the certificate of another key`() throws {
        let chain = try #require(try JSONValue.parse(RFCKeys.certified)["x5c"])
        let object = try JWKTests.object(RFCKeys.rsaPublic, "x5c", chain)
        #expect(throws: KeyError.certificateMismatch("x5c")) { try JWK(object) }
    }

    @Test(arguments: [[], "MIIB", ["MIIB"], [1], .array([JSONValue](repeating: "AAAA", count: 11))] as [JSONValue])
    func `refuses what is no chain`(value: JSONValue) throws {
        let error = try #require(throws: KeyError.self) {
            try JWK(JWKTests.object(RFCKeys.certified, "x5c", value))
        }
        guard case .memberInvalid("x5c", _) = error else { throw error }
    }
}

import ApusCrypto

extension JWK {
    /// Reads a key in PEM: PKCS#8 (also encrypted), PKCS#1, SEC 1, a public key, or a certificate with those above it.
    ///
    /// With a private key and certificates in one text, the first certificate must be for that key.
    /// - Throws: `KeyError.passphraseMissing`, `KeyError.passphraseWrong`, or another reason against the key.
    public init(pem: String, passphrase: String? = nil) throws(KeyError) {
        let utf8 = pem.utf8
        try self.init(pem: utf8.span, passphrase: Self.secret(passphrase))
    }

    /// Reads a key in PEM from memory that its owner wipes, of which no copy is made but of certificates.
    init(pem: Span<UInt8>, passphrase: SecretBytes? = nil) throws(KeyError) {
        guard pem.count <= Self.maximumTextBytes else { throw .textTooLong(limit: Self.maximumTextBytes) }
        // A private key behind its certificates is still the key that is meant.
        let start = Self.privateKeyOffset(in: pem)
        let material: KeyMaterial
        do {
            material = .asymmetric(
                try AsymmetricKey(pem: pem.extracting(droppingFirst: start), passphrase: passphrase))
        } catch {
            throw KeyError(error)
        }
        try self.init(material, certificates: try Self.certificates(in: pem))
    }

    /// Reads a key in DER: PKCS#8 (also encrypted), PKCS#1, SEC 1, SubjectPublicKeyInfo, or an X.509 certificate.
    ///
    /// - Throws: `KeyError.passphraseMissing`, `KeyError.passphraseWrong`, or another reason against the key.
    public init(der: [UInt8], passphrase: String? = nil) throws(KeyError) {
        guard der.count <= Self.maximumTextBytes else { throw .textTooLong(limit: Self.maximumTextBytes) }
        let secret = Self.secret(passphrase)
        let material = try KeyMaterial { () throws(KeyMaterialError) in
            try AsymmetricKey(der: der.span, passphrase: secret)
        }
        let certificate = try? Certificate(der: der.span)
        try self.init(material, certificates: certificate.map { [$0] } ?? [])
    }

    /// Reads the private key, its certificate and those above it from a PKCS#12 file (`.p12`, `.pfx`).
    ///
    /// - Throws: `KeyError.passphraseWrong`, or another reason against the key.
    public init(pkcs12: [UInt8], passphrase: String) throws(KeyError) {
        guard pkcs12.count <= Self.maximumTextBytes else { throw .textTooLong(limit: Self.maximumTextBytes) }
        let utf8 = passphrase.utf8
        let file: PKCS12
        do {
            file = try PKCS12(pkcs12, passphrase: SecretBytes(copying: utf8.span))
        } catch {
            throw KeyError(error)
        }
        try self.init(.asymmetric(file.key), certificates: [file.certificate] + file.chain)
    }

    /// The key in PEM: `PUBLIC KEY`, or with its private part `PRIVATE KEY`, encrypted when there is a passphrase.
    ///
    /// A passphrase without private parts has no effect. The encryption is PBES2 with AES-256-CBC.
    /// - Throws: `KeyError.noPEMForm` for a shared secret, and `KeyError.privatePartMissing`.
    public func pem(includingPrivateParts: Bool = false, passphrase: String? = nil) throws(KeyError) -> String {
        try write { (key) throws(KeyMaterialError) in
            guard includingPrivateParts else { return try key.publicPEM() }
            let text = try key.privatePEM(passphrase: Self.secret(passphrase))
            return text.withBytes { octets in String(decoding: octets.indices.map { octets[$0] }, as: UTF8.self) }
        }
    }

    /// The key in DER: SubjectPublicKeyInfo, or with its private part PKCS#8, encrypted when there is a passphrase.
    ///
    /// A passphrase without private parts has no effect. The encryption is PBES2 with AES-256-CBC.
    /// - Throws: `KeyError.noPEMForm` for a shared secret, and `KeyError.privatePartMissing`.
    public func der(includingPrivateParts: Bool = false, passphrase: String? = nil) throws(KeyError) -> [UInt8] {
        try write { (key) throws(KeyMaterialError) in
            guard includingPrivateParts else { return try key.publicDER() }
            let octets = try key.privateDER(passphrase: Self.secret(passphrase))
            return octets.withBytes { octets in octets.indices.map { octets[$0] } }
        }
    }

    private func write<Form>(
        _ body: (AsymmetricKey) throws(KeyMaterialError) -> Form
    ) throws(KeyError) -> Form {
        guard case .asymmetric(let key) = material else { throw .noPEMForm }
        do {
            return try body(key)
        } catch {
            throw KeyError(error)
        }
    }

    private init(_ material: KeyMaterial, certificates: [Certificate]) throws(KeyError) {
        let chain = try CertificateChain(certificates)
        try chain.check(isFor: material)
        try self.init(material, certificateChain: chain.der)
    }

    private static func secret(_ passphrase: String?) -> SecretBytes? {
        guard let passphrase else { return nil }
        let utf8 = passphrase.utf8
        return SecretBytes(copying: utf8.span)
    }

    /// Where the line begins that announces the first private key; 0 when there is none.
    private static func privateKeyOffset(in pem: Span<UInt8>) -> Int {
        guard let label = pem.firstRange(of: "PRIVATE KEY-----") else { return 0 }
        let start = (0..<label.lowerBound).last { pem[$0] == UInt8(ascii: "\n") }
        return start.map { $0 + 1 } ?? 0
    }

    private static func certificates(in pem: Span<UInt8>) throws(KeyError) -> [Certificate] {
        var blocks: [UInt8] = []
        var offset = 0
        while let begin = pem.firstRange(of: "-----BEGIN CERTIFICATE-----", from: offset) {
            let end = pem.firstRange(of: "-----END CERTIFICATE-----", from: begin.upperBound)?.upperBound ?? pem.count
            for index in begin.lowerBound..<end { blocks.append(pem[index]) }
            blocks.append(UInt8(ascii: "\n"))
            offset = end
        }
        guard !blocks.isEmpty else { return [] }
        do {
            return try Certificate.all(pem: String(decoding: blocks, as: UTF8.self))
        } catch {
            throw .keyUnusable(error.description)
        }
    }
}

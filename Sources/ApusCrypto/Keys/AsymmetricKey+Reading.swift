import COpenSSL

extension AsymmetricKey {
    /// Reads the first key of a PEM text (RFC 7468), or the key of its first certificate if that comes earlier.
    ///
    /// - Throws: `.passphraseMissing` for an encrypted key when none is given; nobody is asked on the terminal.
    package init(pem: Span<UInt8>, passphrase: SecretBytes?) throws(KeyMaterialError) {
        self = try pem.withUnsafeBufferPointer { (text) throws(KeyMaterialError) in
            try Self.read(text, passphrase)
        }
    }

    /// Reads PKCS#8 (also encrypted), PKCS#1, SEC 1, SubjectPublicKeyInfo, or the key of an X.509 certificate.
    ///
    /// - Throws: `.unreadable` also when octets follow the structure.
    package init(der: Span<UInt8>, passphrase: SecretBytes?) throws(KeyMaterialError) {
        self = try der.withUnsafeBufferPointer { (octets) throws(KeyMaterialError) in
            // The structures differ in their first fields, so no octets are of two forms.
            for form in KeyForm.allCases {
                if let key = try form.read(octets, passphrase: passphrase) { return key }
            }
            throw .unreadable(expected: "a key or a certificate in DER")
        }
    }

    private static func read(
        _ text: UnsafeBufferPointer<UInt8>, _ passphrase: SecretBytes?
    ) throws(KeyMaterialError) -> AsymmetricKey {
        let expected = "a key or a certificate in PEM"
        guard !text.isEmpty, let bio = BIO_new_mem_buf(text.baseAddress, Int32(clamping: text.count)) else {
            throw .unreadable(expected: expected)
        }
        defer {
            BIO_free(bio)
            ERR_clear_error()
        }
        while let block = PEMBlock(bio) {
            if let form = KeyForm(label: block.label) {
                try block.decrypt(passphrase)
                return try read(block, as: form, passphrase)
            }
            if block.label.hasSuffix(" KEY") { throw .kindNotSupported(found: String(block.label.prefix(64))) }
        }
        throw .unreadable(expected: expected)
    }

    /// What the older encryption (RFC 1421) has been undone on with a wrong passphrase is, in 1 of 256 cases, octets of no form.
    private static func read(
        _ block: PEMBlock, as form: KeyForm, _ passphrase: SecretBytes?
    ) throws(KeyMaterialError) -> AsymmetricKey {
        let unreadable = block.wasEncrypted ? KeyMaterialError.passphraseWrong : .unreadable(expected: form.name)
        do throws(KeyMaterialError) {
            if let key = try form.read(block.content, passphrase: passphrase) { return key }
        } catch {
            if case .unreadable = error { throw unreadable }
            throw error
        }
        throw unreadable
    }
}

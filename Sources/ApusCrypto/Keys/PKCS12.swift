import COpenSSL

/// A private key with its certificate and the certificates above it, from one file (RFC 7292: `.p12`, `.pfx`).
package struct PKCS12: Sendable {
    package let key: AsymmetricKey
    package let certificate: Certificate
    /// The other certificates of the file, in its order.
    package let chain: [Certificate]

    /// - Throws: `.passphraseWrong`, also for a file that has been changed; `.privatePartMissing` for one without a key;
    ///   `.certificateMismatch` when no certificate belongs to the key; `.encryptionNotSupported`.
    package init(_ octets: [UInt8], passphrase: SecretBytes) throws(KeyMaterialError) {
        defer { ERR_clear_error() }
        let parts: Parts
        do {
            parts = try Self.parse(octets, passphrase, in: nil)
        } catch .encryptionNotSupported {
            guard let legacy = Self.legacyLibrary else { throw .encryptionNotSupported }
            parts = try Self.parse(octets, passphrase, in: legacy.pointer)
        }
        guard let encodedKey = parts.key else { throw .privatePartMissing }
        guard let encodedCertificate = parts.certificate else { throw .certificateMismatch }
        key = try encodedKey.withBytes { (der) throws(KeyMaterialError) in try AsymmetricKey(der: der, passphrase: nil)
        }
        certificate = try Certificate(der: encodedCertificate.span)
        var chain: [Certificate] = []
        for other in parts.others { chain.append(try Certificate(der: other.span)) }
        self.chain = chain
        guard try certificate.publicKey().hasSamePublicKey(as: key) else { throw .certificateMismatch }
    }

    /// In DER, which takes them out of the library in which they were decrypted.
    private struct Parts {
        var key: SecretBytes?
        var certificate: [UInt8]?
        var others: [[UInt8]] = []
    }

    /// RC2 and single DES, with which older programs encrypt: in a library of their own, so that nothing else gets them.
    private static let legacyLibrary: OpenSSLObject? = {
        defer { ERR_clear_error() }
        guard let made = OSSL_LIB_CTX_new() else { return nil }
        let library = OpenSSLObject(made, release: OSSL_LIB_CTX_free)
        guard OSSL_PROVIDER_load(made, "legacy") != nil, OSSL_PROVIDER_load(made, "default") != nil else { return nil }
        return library
    }()

    private static func parse(
        _ octets: [UInt8], _ passphrase: SecretBytes, in library: OpaquePointer?
    ) throws(KeyMaterialError) -> Parts {
        ERR_clear_error()
        // OpenSSL 3.0 decrypts in the thread's default library, whichever PKCS12_init_ex() names. Nothing else runs on
        // this thread until it is put back.
        let usual = library.flatMap { OSSL_LIB_CTX_set0_default($0) }
        defer { OSSL_LIB_CTX_set0_default(usual) }
        let read = octets.withUnsafeBufferPointer { octets in
            var position = octets.baseAddress
            return DERStructure.isWhole(octets) ? d2i_PKCS12(nil, &position, octets.count) : nil
        }
        guard let file = read else { throw .unreadable(expected: "PKCS#12 file") }
        defer { PKCS12_free(file) }
        var key: OpaquePointer?
        var certificate: OpaquePointer?
        var others: OpaquePointer?
        guard try open(file, passphrase, &key, &certificate, &others) else {
            throw DecodingFailure.takeDecryption()
        }
        defer {
            EVP_PKEY_free(key)
            X509_free(certificate)
            OPENSSL_sk_pop_free(others) { X509_free(OpaquePointer($0)) }
        }
        var parts = Parts()
        if let key { parts.key = try encode(key) }
        if let certificate { parts.certificate = Certificate.encode(certificate) }
        for index in 0..<max(0, OPENSSL_sk_num(others)) {
            parts.others.append(Certificate.encode(OpaquePointer(OPENSSL_sk_value(others, index))))
        }
        return parts
    }

    private static func open(
        _ file: OpaquePointer?, _ passphrase: SecretBytes, _ key: inout OpaquePointer?,
        _ certificate: inout OpaquePointer?, _ others: inout OpaquePointer?
    ) throws(KeyMaterialError) -> Bool {
        // OpenSSL takes the passphrase up to its first zero.
        let text = passphrase.withBytes { octets in
            SecretBytes(count: octets.count + 1) { (span) throws(Never) in
                for index in octets.indices { span[index] = octets[index] }
            }
        }
        return try text.withBytes { (octets) throws(KeyMaterialError) in
            try octets.withUnsafeBytes { (octets) throws(KeyMaterialError) in
                guard octets.firstIndex(of: 0) == octets.count - 1 else { throw .passphraseWrong }
                let text = octets.assumingMemoryBound(to: CChar.self).baseAddress
                return PKCS12_parse(file, text, &key, &certificate, &others) == 1
            }
        }
    }

    private static func encode(_ key: OpaquePointer) throws(KeyMaterialError) -> SecretBytes {
        guard let structure = EVP_PKEY2PKCS8(key) else { throw .unavailable("write a key") }
        defer { PKCS8_PRIV_KEY_INFO_free(structure) }
        return try SecretBytes(count: max(0, Int(i2d_PKCS8_PRIV_KEY_INFO(structure, nil)))) {
            (span) throws(KeyMaterialError) in
            let done = span.withUnsafeMutableBufferPointer { buffer in
                var position = buffer.baseAddress
                return i2d_PKCS8_PRIV_KEY_INFO(structure, &position) > 0
            }
            guard done else { throw .unavailable("write a key") }
        }
    }
}

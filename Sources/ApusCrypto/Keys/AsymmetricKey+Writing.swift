import COpenSSL

extension AsymmetricKey {
    /// What OWASP asks of PBKDF2 with HMAC-SHA-256.
    private static let iterations: Int32 = 600_000
    private static let saltOctets: Int32 = 16

    /// PKCS#8 in DER; with a passphrase encrypted by PBES2 (RFC 8018) with AES-256-CBC.
    ///
    /// - Throws: `.privatePartMissing` for a public key.
    package func privateDER(passphrase: SecretBytes?) throws(KeyMaterialError) -> SecretBytes {
        try write(passphrase, plain: i2d_PKCS8_PRIV_KEY_INFO_bio, sealed: i2d_PKCS8_bio)
    }

    /// The same in PEM, as `PRIVATE KEY` or `ENCRYPTED PRIVATE KEY`.
    package func privatePEM(passphrase: SecretBytes?) throws(KeyMaterialError) -> SecretBytes {
        try write(passphrase, plain: PEM_write_bio_PKCS8_PRIV_KEY_INFO, sealed: PEM_write_bio_PKCS8)
    }

    /// SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in DER.
    package func publicDER() throws(KeyMaterialError) -> [UInt8] {
        try collect { bio in i2d_PUBKEY_bio(bio, handle.pointer) }.withBytes { octets in
            octets.withUnsafeBufferPointer { Array($0) }
        }
    }

    /// The same in PEM, as `PUBLIC KEY`.
    package func publicPEM() throws(KeyMaterialError) -> String {
        try collect { bio in PEM_write_bio_PUBKEY(bio, handle.pointer) }.withBytes { octets in
            octets.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }

    private func write(
        _ passphrase: SecretBytes?, plain: (OpaquePointer?, OpaquePointer?) -> Int32,
        sealed: (OpaquePointer?, OpaquePointer?) -> Int32
    ) throws(KeyMaterialError) -> SecretBytes {
        guard isPrivate else { throw .privatePartMissing }
        guard let structure = EVP_PKEY2PKCS8(handle.pointer) else { throw .unavailable("write a key") }
        defer { PKCS8_PRIV_KEY_INFO_free(structure) }
        guard let passphrase else { return try collect { bio in plain(bio, structure) } }
        let encrypted = passphrase.withBytes { octets in
            octets.withUnsafeBytes { octets in
                PKCS8_encrypt(
                    NID_hmacWithSHA256, EVP_aes_256_cbc(), octets.assumingMemoryBound(to: CChar.self).baseAddress,
                    Int32(octets.count), nil, Self.saltOctets, Self.iterations, structure)
            }
        }
        guard let encrypted else { throw .unavailable("encrypt a key") }
        defer { X509_SIG_free(encrypted) }
        return try collect { bio in sealed(bio, encrypted) }
    }

    private func collect(_ print: (OpaquePointer) -> Int32) throws(KeyMaterialError) -> SecretBytes {
        // OpenSSL wipes this kind of memory when it grows and when it goes.
        guard let bio = BIO_new(BIO_s_secmem()) else { throw .unavailable("write a key") }
        defer { BIO_free(bio) }
        var start: UnsafeMutablePointer<CChar>?
        guard print(bio) == 1 else { throw .unavailable("write a key") }
        let count = COpenSSL_BIO_get_mem_data(bio, &start)
        let written = UnsafeRawBufferPointer(start: start, count: max(0, count))
        return SecretBytes(copying: written.bindMemory(to: UInt8.self).span)
    }
}

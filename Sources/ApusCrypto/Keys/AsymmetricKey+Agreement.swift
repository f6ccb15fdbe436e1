import COpenSSL

extension AsymmetricKey {
    /// The shared secret of Diffie and Hellman: the x coordinate at full width on a NIST curve, the octets of RFC 7748
    /// for X25519 and X448.
    ///
    /// The result is not a key yet: it has to go through a key derivation function.
    /// - Throws: `CryptoError` when the two kinds differ or do not agree on keys, when this key is public, and when the
    ///   peer's point of low order makes the X25519 or X448 secret all zeros (RFC 7748 §6).
    package func sharedSecret(with peer: AsymmetricKey) throws(CryptoError) -> SecretBytes {
        guard isPrivate, kind == peer.kind, let width = kind.sharedSecretByteCount else {
            throw CryptoError("agree on a secret with these keys")
        }
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, handle.pointer, nil) else {
            throw CryptoError("make a key agreement context")
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, peer.publicKey.handle.pointer) == 1
        else { throw CryptoError("set up a key agreement") }
        let secret = try SecretBytes(count: width) { (span) throws(CryptoError) in
            var count = width
            let done = span.withUnsafeMutableBufferPointer { buffer in
                EVP_PKEY_derive(context, buffer.baseAddress, &count)
            }
            guard done == 1, count == width else { throw CryptoError("agree on a secret") }
        }
        // OpenSSL refuses this itself since 1.1.0; RFC 8037 §3.2 makes it our duty.
        let isZero = secret.withBytes { octets in
            var union: UInt8 = 0
            for index in octets.indices { union |= octets[index] }
            return union == 0
        }
        if isZero { throw CryptoError("agree on a secret with a point of low order") }
        return secret
    }
}

extension KeyKind {
    fileprivate var sharedSecretByteCount: Int? {
        switch self {
        case .ec(.secp256k1), .rsa, .ed25519, .ed448: nil
        case .ec(let curve): curve.coordinateByteCount
        case .x25519, .x448: octetKeyByteCount
        }
    }
}

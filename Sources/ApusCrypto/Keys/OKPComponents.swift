import COpenSSL

/// The octets of an octet key pair (RFC 8037 §2): Ed25519, Ed448, X25519 or X448.
package struct OKPComponents: Sendable {
    package let kind: KeyKind
    package let x: [UInt8]
    package let d: SecretBytes?

    package init(kind: KeyKind, x: [UInt8], d: SecretBytes? = nil) {
        self.kind = kind
        self.x = x
        self.d = d
    }
}

extension AsymmetricKey {
    /// - Throws: `.wrongKind` for RSA and EC; `.wrongLength`; `.privatePartMismatch` when `d` does not belong to `x`.
    package init(okp components: OKPComponents) throws(KeyMaterialError) {
        guard let width = components.kind.octetKeyByteCount else {
            throw .wrongKind(expected: Self.octetKeyPairs, found: components.kind)
        }
        for count in [components.x.count, components.d?.count ?? width] where count != width {
            throw .wrongLength(expected: width, found: count)
        }
        let name = components.kind.typeName
        guard let d = components.d else {
            guard let key = EVP_PKEY_new_raw_public_key_ex(nil, name, nil, components.x, width) else {
                throw .unavailable("make a key from its octets")
            }
            try self.init(checking: OpenSSLObject(key, release: EVP_PKEY_free), isPrivate: false)
            return
        }
        let made = d.withBytes { octets in
            octets.withUnsafeBufferPointer { EVP_PKEY_new_raw_private_key_ex(nil, name, nil, $0.baseAddress, width) }
        }
        guard let made else { throw .unavailable("make a key from its octets") }
        try self.init(checking: OpenSSLObject(made, release: EVP_PKEY_free), isPrivate: true)
        // OpenSSL has made the public part from the private one.
        guard try publicOctets(width) == components.x else { throw .privatePartMismatch }
    }

    /// - Throws: `.wrongKind` when the key is RSA or EC.
    package func okpComponents() throws(KeyMaterialError) -> OKPComponents {
        guard let width = kind.octetKeyByteCount else { throw .wrongKind(expected: Self.octetKeyPairs, found: kind) }
        let x = try publicOctets(width)
        guard isPrivate else { return OKPComponents(kind: kind, x: x) }
        let d = try SecretBytes(count: width) { (span) throws(KeyMaterialError) in
            var count = width
            let done = span.withUnsafeMutableBufferPointer { buffer in
                EVP_PKEY_get_raw_private_key(handle.pointer, buffer.baseAddress, &count)
            }
            guard done == 1, count == width else { throw .unavailable("read a key's octets") }
        }
        return OKPComponents(kind: kind, x: x, d: d)
    }

    private static var octetKeyPairs: String { "Ed25519, Ed448, X25519 or X448" }

    private func publicOctets(_ width: Int) throws(KeyMaterialError) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: width)
        var count = width
        guard EVP_PKEY_get_raw_public_key(handle.pointer, &octets, &count) == 1, count == width else {
            throw .unavailable("read a key's octets")
        }
        return octets
    }
}

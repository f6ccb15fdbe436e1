import COpenSSL

/// A public key, or a private key with its public part, that has been checked; immutable and usable from any thread.
package struct AsymmetricKey: Sendable {
    /// RSA moduli that are accepted: NIST SP 800-131A §3 asks for the lower bound, OpenSSL works up to the upper one.
    static let rsaBits = 2_048...16_384

    package let kind: KeyKind
    package let isPrivate: Bool
    let handle: OpenSSLObject
    /// Without the private part; the same object when there is none.
    private let publicHandle: OpenSSLObject

    /// Takes a key that comes from outside: nothing is believed before it has been checked.
    init(checking handle: OpenSSLObject, isPrivate: Bool) throws(KeyMaterialError) {
        defer { OpenSSLFailure.forget() }
        let kind = try KeyCheck.kind(of: handle.pointer)
        try KeyCheck.check(handle.pointer, kind, isPrivate: isPrivate)
        try self.init(kind: kind, handle, isPrivate: isPrivate)
    }

    private init(kind: KeyKind, _ handle: OpenSSLObject, isPrivate: Bool) throws(KeyMaterialError) {
        self.kind = kind
        self.isPrivate = isPrivate
        self.handle = handle
        publicHandle = isPrivate ? try Self.copyPublicPart(of: handle, kind) : handle
    }

    private init(publicHandle: OpenSSLObject, kind: KeyKind) {
        self.kind = kind
        isPrivate = false
        handle = publicHandle
        self.publicHandle = publicHandle
    }

    /// The key without its private part; a public key itself.
    package var publicKey: AsymmetricKey { AsymmetricKey(publicHandle: publicHandle, kind: kind) }

    package func hasSamePublicKey(as other: AsymmetricKey) -> Bool {
        defer { OpenSSLFailure.forget() }
        return kind == other.kind && EVP_PKEY_eq(handle.pointer, other.handle.pointer) == 1
    }

    /// Makes a new private key; an RSA key gets the public exponent 65537.
    ///
    /// - Throws: `.rsaTooShort` and `.rsaTooLong` outside 2,048 to 16,384 bits; `.cryptographyUnavailable`.
    package static func generate(_ kind: KeyKind) throws(KeyMaterialError) -> AsymmetricKey {
        let operation = "generate a key"
        if case .rsa(let bits) = kind { try KeyCheck.checkRSALength(bits) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, kind.typeName, nil) else { throw .unavailable(operation) }
        defer { EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, setSize(kind, of: context), EVP_PKEY_generate(context, &made) == 1,
            let made
        else { throw .unavailable(operation) }
        return try AsymmetricKey(kind: kind, OpenSSLObject(made, release: EVP_PKEY_free), isPrivate: true)
    }

    private static func setSize(_ kind: KeyKind, of context: OpaquePointer) -> Bool {
        switch kind {
        case .rsa(let bits): EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1
        case .ec(let curve): EVP_PKEY_CTX_set_group_name(context, curve.groupName) == 1
        case .ed25519, .ed448, .x25519, .x448: true
        }
    }

    private static func copyPublicPart(
        of key: OpenSSLObject, _ kind: KeyKind
    ) throws(KeyMaterialError) -> OpenSSLObject {
        let operation = "copy a public key"
        var parameters: UnsafeMutablePointer<OSSL_PARAM>?
        guard EVP_PKEY_todata(key.pointer, COpenSSL_EVP_PKEY_PUBLIC_KEY, &parameters) == 1 else {
            throw .unavailable(operation)
        }
        defer { OSSL_PARAM_free(parameters) }
        guard let copy = KeyParameters.makeKey(kind, COpenSSL_EVP_PKEY_PUBLIC_KEY, parameters) else {
            throw .unavailable(operation)
        }
        return copy
    }
}

extension AsymmetricKey: CustomStringConvertible {
    package var description: String { "\(isPrivate ? "private" : "public") key, \(kind)" }
}

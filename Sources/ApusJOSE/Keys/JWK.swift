import ApusCrypto

/// Any JOSE key, public, private or shared, with what RFC 7517 §4 says about it.
///
/// ```swift
/// let key = try SigningKey(JWK(pem: text))
/// ```
///
/// Every way in checks the key: its form, its strength and that its parts belong together. Private parts are wiped from
/// memory when the last copy goes, and no description shows them.
public struct JWK: Sendable {
    /// What sort of key it is, with its size where the sort has several.
    public enum Kind: Hashable, Sendable {
        /// An RSA key whose modulus has so many bits, 2,048 to 16,384.
        case rsa(bits: Int)
        /// An EC key on the curve P-256.
        case p256
        /// An EC key on the curve P-384.
        case p384
        /// An EC key on the curve P-521.
        case p521
        /// An EC key on the curve secp256k1 (RFC 8812).
        case secp256k1
        /// A key for signatures with Ed25519 (RFC 8037).
        case ed25519
        /// A key for signatures with Ed448 (RFC 8037).
        case ed448
        /// A key for key agreement with X25519 (RFC 8037).
        case x25519
        /// A key for key agreement with X448 (RFC 8037).
        case x448
        /// A shared secret of so many octets, `oct`.
        case secret(octets: Int)
    }

    /// What a key is for (RFC 7517 §4.2).
    public enum Use: String, Hashable, Sendable, CaseIterable {
        /// Signing and verifying.
        case signature = "sig"
        /// Encrypting and decrypting, also of other keys.
        case encryption = "enc"
    }

    /// What may be done with a key (RFC 7517 §4.3).
    public enum Operation: String, Hashable, Sendable, CaseIterable {
        /// Computes signatures or authentication codes.
        case sign
        /// Verifies signatures or authentication codes.
        case verify
        /// Encrypts content.
        case encrypt
        /// Decrypts content and checks what was decrypted.
        case decrypt
        /// Encrypts keys.
        case wrapKey
        /// Decrypts keys and checks what was decrypted.
        case unwrapKey
        /// Derives a key.
        case deriveKey
        /// Derives octets that are not to be used as a key.
        case deriveBits
    }

    /// What sort of key it is.
    public let kind: Kind
    /// Whether it holds what must stay secret: a private part or a shared secret.
    public let isPrivate: Bool
    /// The identifier, `kid`; nil for a key that does not say.
    public var kid: String?
    /// The name of the one algorithm that the key is for, `alg`; nil for a key that does not say.
    public var algorithm: String?
    /// What the key is for, `use`; nil for a key that does not say.
    public var use: Use?
    /// What may be done with the key, `key_ops`; nil for a key that does not say.
    public var operations: [Operation]?
    /// The certificates in DER, `x5c`, of which the first is for this key; empty for a key without any.
    public let certificateChain: [[UInt8]]

    let material: KeyMaterial
    /// The members that every JWK of this kind needs, without private ones, in the order of RFC 7638 §3.3.
    let publicMembers: JSONObject

    init(_ material: KeyMaterial, certificateChain: [[UInt8]] = []) throws(KeyError) {
        self.material = material
        self.certificateChain = certificateChain
        kind = material.kind
        isPrivate = material.isPrivate
        publicMembers = try material.publicMembers()
    }

    /// Takes octets as a shared secret; wiping the array is the caller's affair.
    ///
    /// - Throws: `KeyError.secretIsNoSecret` for what looks like a key file, and `KeyError.secretEmpty`.
    public init(secret: [UInt8]) throws(KeyError) {
        guard !secret.isEmpty else { throw .secretEmpty }
        try self.init(KeyMaterial(secret: SecretBytes(copying: secret.span)))
    }

    /// The key without its private part; itself when it has none, and nil for a shared secret.
    ///
    /// Of `operations` those stay that a public key can do; `sign` becomes `verify`, `decrypt` `encrypt` and so on.
    public var publicJWK: JWK? {
        guard case .asymmetric(let key) = material else { return nil }
        guard isPrivate else { return self }
        return JWK(publicPartOf: self, .asymmetric(key.publicKey))
    }

    private init(publicPartOf other: JWK, _ material: KeyMaterial) {
        self.material = material
        kind = other.kind
        isPrivate = false
        kid = other.kid
        algorithm = other.algorithm
        use = other.use
        certificateChain = other.certificateChain
        publicMembers = other.publicMembers
        operations = other.operations.map { operations in
            var counterparts: [Operation] = []
            for counterpart in operations.compactMap(\.publicCounterpart) where !counterparts.contains(counterpart) {
                counterparts.append(counterpart)
            }
            return counterparts
        }
    }
}

extension JWK.Operation {
    /// What the holder of the public key does when the holder of the private key does this.
    fileprivate var publicCounterpart: JWK.Operation? {
        switch self {
        case .sign, .verify: .verify
        case .encrypt, .decrypt: .encrypt
        case .wrapKey, .unwrapKey: .wrapKey
        // RFC 7517 §4.3 has them for the private key; for the public key of an agreement the list is empty.
        case .deriveKey, .deriveBits: nil
        }
    }
}

extension JWK: CustomStringConvertible, CustomReflectable {
    /// The kind and the identifier; never the material.
    public var description: String {
        let part = isPrivate ? "private" : "public"
        return "JWK(\(kind), \(part), kid: \(kid.map { EchoedText($0).description } ?? "none"))"
    }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror {
        Mirror(self, children: ["kind": kind.description, "isPrivate": isPrivate, "kid": kid as Any])
    }
}

extension JWK.Kind: CustomStringConvertible {
    /// The name of the kind, such as `RSA with 3072 bits` or `P-256`.
    public var description: String {
        switch self {
        case .rsa(let bits): "RSA with \(bits) bits"
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        case .secp256k1: "secp256k1"
        case .ed25519: "Ed25519"
        case .ed448: "Ed448"
        case .x25519: "X25519"
        case .x448: "X448"
        case .secret(let octets): "secret of \(octets) octets"
        }
    }
}

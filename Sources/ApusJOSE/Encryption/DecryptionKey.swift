package import ApusCrypto

/// A key that decrypts messages, with its identifier, its one `alg`, and every `enc` that it accepts.
///
/// The algorithms belong to the key: what a message's header names is compared with them and never chooses. No
/// description of a key shows its material.
public struct DecryptionKey: Sendable {
    /// How often a password may be stretched for one message unless said otherwise.
    public static let defaultPasswordIterations = 1_000...10_000

    static let possiblePasswordIterations = 1...10_000_000

    /// The identifier by which messages name the key, 1 to 256 octets; nil for a key without one.
    public let kid: String?
    /// How the content key reaches this key.
    public let algorithm: KeyManagementAlgorithm
    /// The encryptions of content that are accepted.
    public let encryptions: [ContentEncryption]

    let material: EncryptionMaterial
    let passwordIterations: ClosedRange<Int>

    /// Takes a shared secret, or the octets of a password for the algorithms that stretch one.
    ///
    /// - Parameters:
    ///   - algorithm: `direct` when nil.
    ///   - encryptions: All when nil; for `direct`, those whose content key is as long as the secret.
    package init(
        secret: SecretBytes,
        algorithm: KeyManagementAlgorithm? = nil,
        encryptions: [ContentEncryption]? = nil,
        kid: String? = nil
    ) throws(EncryptionKeyError) {
        try self.init(.secret(secret), algorithm, encryptions, kid)
    }

    /// Takes a private key.
    ///
    /// - Parameters:
    ///   - algorithm: When nil, RSA-OAEP-256 for RSA keys and ECDH-ES+A256KW for keys on a curve.
    ///   - encryptions: All when nil.
    package init(
        key: AsymmetricKey,
        algorithm: KeyManagementAlgorithm? = nil,
        encryptions: [ContentEncryption]? = nil,
        kid: String? = nil
    ) throws(EncryptionKeyError) {
        let material = EncryptionMaterial.asymmetric(key)
        guard key.isPrivate else { throw .privatePartMissing(kind: material.kind) }
        try self.init(material, algorithm, encryptions, kid)
    }

    /// Takes a password that both sides know.
    ///
    /// Whoever sends a message chooses how often the password is hashed, and this side has to do that work before it
    /// knows whether the message is genuine; hence the bounds.
    /// - Parameters:
    ///   - algorithm: One of the `pbes2` algorithms.
    ///   - encryptions: Those accepted; all by default.
    ///   - iterations: How often a message may demand that the password be hashed, within 1 to 10,000,000.
    /// - Throws: `EncryptionKeyError`.
    public init(
        password: String,
        algorithm: KeyManagementAlgorithm = .pbes2HS512A256KW,
        encryptions: [ContentEncryption] = ContentEncryption.allCases,
        iterations: ClosedRange<Int> = Self.defaultPasswordIterations,
        kid: String? = nil
    ) throws(EncryptionKeyError) {
        guard case .password = algorithm.method else { throw .algorithmNotFitting(algorithm, kind: "a password") }
        for bound in [iterations.lowerBound, iterations.upperBound] {
            guard Self.possiblePasswordIterations.contains(bound) else { throw .iterationsInvalid(bound) }
        }
        let utf8 = password.utf8
        try self.init(.secret(SecretBytes(copying: utf8.span)), algorithm, encryptions, kid, iterations)
    }

    private init(
        _ material: EncryptionMaterial,
        _ algorithm: KeyManagementAlgorithm?,
        _ encryptions: [ContentEncryption]?,
        _ kid: String?,
        _ passwordIterations: ClosedRange<Int> = Self.defaultPasswordIterations
    ) throws(EncryptionKeyError) {
        let algorithm = if let algorithm { algorithm } else { try material.defaultAlgorithm() }
        try material.check(algorithm)
        if let encryptions {
            guard !encryptions.isEmpty else { throw .encryptionsMissing }
            for encryption in encryptions { try material.check(encryption, algorithm) }
            self.encryptions = encryptions
        } else {
            self.encryptions = ContentEncryption.allCases.filter { encryption in
                (try? material.check(encryption, algorithm)) != nil
            }
        }
        try EncryptionMaterial.check(kid: kid)
        self.kid = kid
        self.algorithm = algorithm
        self.material = material
        self.passwordIterations = passwordIterations
    }

    func accepts(_ header: JWEHeader) -> Bool {
        header.algorithm.hasSameOctets(as: algorithm.rawValue)
            && encryptions.contains { header.encryption.hasSameOctets(as: $0.rawValue) }
    }
}

extension DecryptionKey: CustomStringConvertible, CustomReflectable {
    /// The algorithms and the identifier; never the material.
    public var description: String {
        let kid = kid.map { ", kid: \(EchoedText($0))" } ?? ""
        return "DecryptionKey(\(algorithm.rawValue), \(encryptions.map(\.rawValue))\(kid))"
    }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror {
        Mirror(self, children: ["algorithm": algorithm.rawValue, "encryptions": encryptions.map(\.rawValue)])
    }
}

package import ApusCrypto

/// A key that encrypts messages to its owner, with its identifier and the one pair of algorithms it is for.
///
/// No description of a key shows its material.
public struct EncryptionKey: Sendable {
    /// The number of iterations by which a password is stretched unless said otherwise.
    public static let defaultPasswordIterations = 10_000

    /// The identifier that messages carry in `kid`, 1 to 256 octets; nil for a key without one.
    public let kid: String?
    /// How the content key reaches the recipient.
    public let algorithm: KeyManagementAlgorithm
    /// How content is encrypted.
    public let encryption: ContentEncryption

    let material: EncryptionMaterial
    let passwordIterations: Int
    var counter: InvocationCounter

    /// Takes a shared secret, or the octets of a password for the algorithms that stretch one.
    ///
    /// - Parameters:
    ///   - algorithm: `direct` when nil.
    ///   - encryption: When nil, the one that takes a secret of this size (A256GCM for 32 octets) for `direct`, else
    ///     A256GCM.
    package init(
        secret: SecretBytes,
        algorithm: KeyManagementAlgorithm? = nil,
        encryption: ContentEncryption? = nil,
        kid: String? = nil
    ) throws(EncryptionKeyError) {
        let direct = algorithm == nil || algorithm == .direct
        try self.init(
            .secret(secret), algorithm, encryption ?? (direct ? .direct(secretCount: secret.count) : nil), kid)
    }

    /// Takes a public key; of a private one the public part stays.
    ///
    /// - Parameters:
    ///   - algorithm: When nil, RSA-OAEP-256 for RSA keys and ECDH-ES+A256KW for keys on a curve.
    ///   - encryption: A256GCM when nil.
    package init(
        key: AsymmetricKey,
        algorithm: KeyManagementAlgorithm? = nil,
        encryption: ContentEncryption? = nil,
        kid: String? = nil
    ) throws(EncryptionKeyError) {
        try self.init(.asymmetric(key.publicKey), algorithm, encryption, kid)
    }

    /// Takes a password that both sides know; a random secret is safer wherever no human has to remember it.
    ///
    /// Recipients refuse more iterations than they are ready for, and many have their limit at 10,000.
    /// - Parameters:
    ///   - algorithm: One of the `pbes2` algorithms.
    ///   - iterations: How often the password is hashed, 1 to 10,000,000; each message takes that long to read too.
    /// - Throws: `EncryptionKeyError`.
    public init(
        password: String,
        algorithm: KeyManagementAlgorithm = .pbes2HS512A256KW,
        encryption: ContentEncryption = .a256GCM,
        iterations: Int = Self.defaultPasswordIterations,
        kid: String? = nil
    ) throws(EncryptionKeyError) {
        let utf8 = password.utf8
        try self.init(.secret(SecretBytes(copying: utf8.span)), password: algorithm, encryption, iterations, kid)
    }

    private init(
        _ material: EncryptionMaterial,
        password algorithm: KeyManagementAlgorithm,
        _ encryption: ContentEncryption,
        _ iterations: Int,
        _ kid: String?
    ) throws(EncryptionKeyError) {
        guard case .password = algorithm.method else { throw .algorithmNotFitting(algorithm, kind: "a password") }
        guard DecryptionKey.possiblePasswordIterations.contains(iterations) else {
            throw .iterationsInvalid(iterations)
        }
        try self.init(material, algorithm, encryption, kid, iterations)
    }

    private init(
        _ material: EncryptionMaterial,
        _ algorithm: KeyManagementAlgorithm?,
        _ encryption: ContentEncryption?,
        _ kid: String?,
        _ passwordIterations: Int = Self.defaultPasswordIterations
    ) throws(EncryptionKeyError) {
        let algorithm = if let algorithm { algorithm } else { try material.defaultAlgorithm() }
        let encryption = encryption ?? .a256GCM
        try material.check(algorithm)
        try material.check(encryption, algorithm)
        try EncryptionMaterial.check(kid: kid)
        self.kid = kid
        self.algorithm = algorithm
        self.encryption = encryption
        self.material = material
        self.passwordIterations = passwordIterations
        counter = InvocationCounter()
    }
}

extension EncryptionKey {
    /// What decrypts again, for a secret that both sides share; nil for a public key and for a password.
    var sharedDecryptionKey: DecryptionKey? {
        guard case .secret(let secret) = material else { return nil }
        if case .password = algorithm.method { return nil }
        return try? DecryptionKey(secret: secret, algorithm: algorithm, encryptions: [encryption], kid: kid)
    }
}

extension EncryptionKey: CustomStringConvertible, CustomReflectable {
    /// The algorithms and the identifier; never the material.
    public var description: String {
        let kid = kid.map { ", kid: \(EchoedText($0))" } ?? ""
        return "EncryptionKey(\(algorithm.rawValue), \(encryption.rawValue)\(kid))"
    }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror {
        Mirror(self, children: ["algorithm": algorithm.rawValue, "encryption": encryption.rawValue])
    }
}

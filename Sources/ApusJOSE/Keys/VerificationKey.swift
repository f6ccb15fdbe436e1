import ApusCrypto

/// A key that verifies signatures and never makes one, with the algorithms that it accepts.
///
/// The algorithms belong to the key: what a token's header names is compared with them and never adds one. No
/// description of a key shows its material.
public struct VerificationKey: Sendable {
    /// The identifier that tokens carry in `kid`, 1 to 256 octets; nil only for a key outside a store.
    public let kid: String?
    /// The algorithms of the signatures that this key accepts: one if the key says so, else those of its kind.
    public let algorithms: [SignatureAlgorithm]

    // In the order of the algorithms.
    private let verifiers: [SignatureVerifier]
    private let publicKey: KeyMaterial?

    init(
        kid: String?, algorithms: [SignatureAlgorithm], verifiers: [SignatureVerifier], publicKey: KeyMaterial?
    ) {
        self.kid = kid
        self.algorithms = algorithms
        self.verifiers = verifiers
        self.publicKey = publicKey
    }

    /// Takes a public key, the public part of a private one, or a shared secret for verifying.
    ///
    /// The algorithm is the one given, or else the one that the JWK names, or else all of its kind. The identifier is the
    /// one given, or else the JWK's, or else its SHA-256 thumbprint.
    /// - Throws: `KeyError` when the key is too short, not for the algorithm, or by its `alg`, `use` or `key_ops` not
    ///   for signatures.
    public init(_ jwk: JWK, algorithm: SignatureAlgorithm? = nil, kid: String? = nil) throws(KeyError) {
        try jwk.checkPermits(.verify)
        let algorithms = try jwk.signatureAlgorithms(asked: algorithm)
        var verifiers: [SignatureVerifier] = []
        for algorithm in algorithms { verifiers.append(try SignatureVerifier(jwk.material, algorithm)) }
        self.init(
            kid: try jwk.identifier(asked: kid), algorithms: algorithms, verifiers: verifiers,
            publicKey: jwk.material.publicPart)
    }

    /// Several keys of one identifier as one, or nil when two of them are for the same algorithm.
    ///
    /// It has no public part of its own: it verifies, and is never published.
    init?(unifying keys: [VerificationKey]) {
        guard let first = keys.first else { return nil }
        if keys.count == 1 {
            self = first
            return
        }
        let algorithms = keys.flatMap(\.algorithms)
        guard Set(algorithms).count == algorithms.count, keys.allSatisfy({ $0.kid == first.kid }) else { return nil }
        self.init(
            kid: first.kid, algorithms: algorithms, verifiers: keys.flatMap(\.verifiers), publicKey: nil)
    }

    /// The public key as a JWK with the identifier and, when there is just one, the algorithm; nil for a shared secret.
    public var publicJWK: JWK? {
        guard let publicKey, var jwk = try? JWK(publicKey) else { return nil }
        jwk.kid = kid
        jwk.algorithm = algorithms.count == 1 ? algorithms[0].rawValue : nil
        jwk.use = .signature
        return jwk
    }

    /// Whether the signature is this key's over the input; false for an algorithm that the key is not for.
    func isValid(_ signature: Span<UInt8>, for input: Span<UInt8>, algorithm: SignatureAlgorithm) -> Bool {
        verifier(for: algorithm)?.isValid(signature, for: input) ?? false
    }

    /// Checks signatures of one algorithm; nil when the key is not for it.
    func verifier(for algorithm: SignatureAlgorithm) -> SignatureVerifier? {
        for position in algorithms.indices where algorithms[position] == algorithm { return verifiers[position] }
        return nil
    }
}

extension VerificationKey: CustomStringConvertible, CustomReflectable {
    /// The algorithms and the identifier; never the material.
    public var description: String {
        let names = algorithms.map(\.rawValue).joined(separator: ", ")
        return "VerificationKey(\(names), kid: \(kid.map { EchoedText($0).description } ?? "none"))"
    }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror {
        Mirror(self, children: ["algorithms": algorithms.map(\.rawValue), "kid": kid as Any])
    }
}

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

    private let verifiers: [SignatureVerifier]

    /// Verifiers and algorithms belong together by their positions.
    init(kid: String?, algorithms: [SignatureAlgorithm], verifiers: [SignatureVerifier]) {
        self.kid = kid
        self.algorithms = algorithms
        self.verifiers = verifiers
    }

    /// Whether the signature is this key's over the input; false for an algorithm that the key is not for.
    func isValid(_ signature: Span<UInt8>, for input: Span<UInt8>, algorithm: SignatureAlgorithm) -> Bool {
        verifier(for: algorithm)?.isValid(signature, for: input) ?? false
    }

    /// The length in octets of every signature that can be valid under this algorithm; nil when the key is not for it.
    func signatureCount(for algorithm: SignatureAlgorithm) -> Int? {
        verifier(for: algorithm)?.signatureCount
    }

    private func verifier(for algorithm: SignatureAlgorithm) -> SignatureVerifier? {
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

import ApusCrypto

/// A key that signs tokens, with its identifier and the one algorithm it is for.
///
/// The algorithm belongs to the key: what a token's header names is compared with it and never chooses. No description
/// of a key shows its material.
public struct SigningKey: Sendable {
    /// The identifier that tokens carry in `kid`, 1 to 256 octets.
    public let kid: String
    /// The algorithm of every signature that this key makes.
    public let algorithm: SignatureAlgorithm
    /// What verifies this key's signatures, under the same identifier and for the same algorithm alone.
    ///
    /// A shared secret signs and verifies, so of such a key this is no less secret.
    public let verificationKey: VerificationKey

    /// The header of a token to which nothing was added, ready to be written and to be recognised.
    let plainHeader: EncodedHeader
    private let material: Material

    private enum Material {
        case hmac(HMACKey)
    }

    init(secret: SecretBytes, algorithm: SignatureAlgorithm?, kid: String?) throws(KeyError) {
        if secret.withBytes(SecretInspection.looksLikeKeyFile) { throw .secretIsNoSecret }
        let algorithm = algorithm ?? .strongestHMAC(secretCount: secret.count)
        guard secret.count >= algorithm.digest.byteCount else {
            throw .secretTooShort(octets: secret.count, minimum: algorithm.digest.byteCount, algorithm: algorithm)
        }
        let kid = kid ?? Thumbprint.ofSecret(secret)
        guard (1...256).contains(kid.utf8.count) else { throw .kidLengthInvalid(octets: kid.utf8.count) }
        let key: HMACKey
        do {
            key = try HMACKey(secret, algorithm.digest)
        } catch {
            throw .cryptographyUnavailable(error.description)
        }
        self.kid = kid
        self.algorithm = algorithm
        material = .hmac(key)
        verificationKey = VerificationKey(kid: kid, algorithms: [algorithm], verifiers: [.hmac(key)])
        plainHeader = EncodedHeader(algorithm: algorithm, kid: kid)
    }

    func signature(for input: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        switch material {
        case .hmac(let key): try key.authenticationCode(for: input)
        }
    }

    /// The length of every signature of this key in octets.
    var signatureCount: Int {
        switch material {
        case .hmac(let key): key.digest.byteCount
        }
    }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
    /// The algorithm and the identifier; never the material.
    public var description: String { "SigningKey(\(algorithm.rawValue), kid: \(EchoedText(kid)))" }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror { Mirror(self, children: ["algorithm": algorithm.rawValue, "kid": kid]) }
}

import ApusCrypto

/// A key that signs and verifies tokens, with its identifier and the one algorithm it is for.
///
/// The algorithm belongs to the key: what a token's header names is compared with it and never chooses. No description
/// of a key shows its material.
public struct SigningKey: Sendable {
    /// The identifier that tokens carry in `kid`, 1 to 256 octets.
    public let kid: String
    /// The algorithm of every signature that this key makes or accepts.
    public let algorithm: SignatureAlgorithm

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
        do {
            material = .hmac(try HMACKey(secret, algorithm.digest))
        } catch {
            throw .cryptographyUnavailable(error.description)
        }
        self.kid = kid
        self.algorithm = algorithm
        plainHeader = EncodedHeader(algorithm: algorithm, kid: kid)
    }

    func signature(for input: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        switch material {
        case .hmac(let key): try key.authenticationCode(for: input)
        }
    }

    func isValid(_ signature: Span<UInt8>, for input: Span<UInt8>) -> Bool {
        switch material {
        case .hmac(let key): key.isValid(signature, for: input)
        }
    }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
    /// The algorithm and the identifier; never the material.
    public var description: String { "SigningKey(\(algorithm.rawValue), kid: \(EchoedText(kid)))" }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror { Mirror(self, children: ["algorithm": algorithm.rawValue, "kid": kid]) }
}

import ApusCrypto

/// Checks signatures of one algorithm under one key.
enum SignatureVerifier: Sendable {
    case hmac(HMACKey)
    case asymmetric(Verifier)

    /// - Throws: `KeyError.algorithmUnsuited` and its kin when the material is not for the algorithm.
    init(_ material: KeyMaterial, _ algorithm: SignatureAlgorithm) throws(KeyError) {
        try algorithm.check(material.kind)
        do throws(CryptoError) {
            switch (material, algorithm.method) {
            case (.secret(let secret), .hmac(let digest)):
                self = .hmac(try HMACKey(secret, digest))
                return
            case (.asymmetric(let key), .asymmetric(let scheme)):
                self = .asymmetric(try Verifier(key.publicKey, scheme))
                return
            case (.secret, .asymmetric), (.asymmetric, .hmac): break
            }
        } catch {
            throw .cryptographyUnavailable(error.description)
        }
        throw .algorithmUnsuited(algorithm, kind: material.kind)
    }

    func isValid(_ signature: Span<UInt8>, for input: Span<UInt8>) -> Bool {
        switch self {
        case .hmac(let key): key.isValid(signature, for: input)
        case .asymmetric(let verifier): verifier.isValid(signature, for: input)
        }
    }

    /// The length of every valid signature in octets.
    var signatureCount: Int {
        switch self {
        case .hmac(let key): key.digest.byteCount
        case .asymmetric(let verifier): verifier.signatureByteCount
        }
    }
}

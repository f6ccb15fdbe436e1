import ApusCrypto

/// Checks signatures of one algorithm under one key.
enum SignatureVerifier: Sendable {
    case hmac(HMACKey)

    func isValid(_ signature: Span<UInt8>, for input: Span<UInt8>) -> Bool {
        switch self {
        case .hmac(let key): key.isValid(signature, for: input)
        }
    }

    /// The length of every valid signature in octets.
    var signatureCount: Int {
        switch self {
        case .hmac(let key): key.digest.byteCount
        }
    }
}

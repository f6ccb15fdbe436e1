@testable import ApusJOSE

/// Signing and verifying with arrays, since an expectation cannot hold a span.
extension SigningKey {
    func signature(for input: [UInt8]) throws -> [UInt8] {
        try signature(for: input.span)
    }
}

extension VerificationKey {
    func isValid(_ signature: [UInt8], for input: [UInt8], _ algorithm: SignatureAlgorithm) -> Bool {
        isValid(signature.span, for: input.span, algorithm: algorithm)
    }
}

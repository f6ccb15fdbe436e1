import ApusCrypto

// A span cannot be a part of an expectation, so the tests speak in arrays.

extension HMACKey {
    convenience init(_ secret: [UInt8], _ digest: DigestAlgorithm) throws {
        try self.init(SecretBytes(copying: secret.span), digest)
    }

    func code(for message: [UInt8]) throws -> [UInt8] {
        try authenticationCode(for: message.span)
    }

    func accepts(_ code: [UInt8], for message: [UInt8]) -> Bool {
        isValid(code.span, for: message.span)
    }
}

extension SecretBytes {
    var array: [UInt8] {
        withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }
}

extension [UInt8] {
    var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    func digest(_ algorithm: DigestAlgorithm) -> [UInt8] {
        DigestAlgorithm.digest(algorithm, span)
    }
}

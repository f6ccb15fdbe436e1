import ApusCrypto

extension SecretBytes {
    var octets: [UInt8] {
        withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }
}

extension String {
    /// The octets whose hexadecimal digits the text is.
    var octetsOfHexadecimal: [UInt8] {
        let digits = compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

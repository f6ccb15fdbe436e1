import ApusCrypto

// Vectors are written as their sources print them; white space between the digits does not count.

extension String {
    var octets: [UInt8] {
        let digits = filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    var secret: SecretBytes {
        let octets = octets
        return SecretBytes(copying: octets.span)
    }
}

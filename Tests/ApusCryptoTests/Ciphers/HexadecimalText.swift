import ApusCrypto

// Vectors are written as their sources print them, in hexadecimal digits.

extension String {
    var octets: [UInt8] { [UInt8](hex: self) }

    var secret: SecretBytes { SecretBytes(hex: self) }
}

/// Octets in the form in which certificates' hashes and numbers are shown.
enum UpperCaseHexadecimal {
    static func text(_ octets: [UInt8], separator: String = "") -> String {
        octets.map { octet in
            let digits = String(octet, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }
        .joined(separator: separator)
    }
}

@testable import ApusHTTP

extension Fuzzer {
    /// The content of a form: the fields are those that a plain reading finds (WHATWG URL §5.1), or it is refused.
    static let form = Fuzzer(name: "form") { (octets) throws(Violation) in
        let parts = octets.split(separator: UInt8(ascii: "&"))
        let expected = parts.map { part -> [[UInt8]?] in
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            return [decoded(part[..<equals]), decoded(part[equals...].dropFirst())]
        }
        let isWellFormed = expected.joined().allSatisfy { octets in
            octets.map { !$0.contains(0) && String(validating: $0, as: UTF8.self) != nil } ?? false
        }
        guard let form = try? HTTP.Query(octets: octets[...], limit: 100) else {
            try require(!isWellFormed || parts.count > 100, "What is well-formed and within the limit is read")
            return
        }
        try require(isWellFormed && parts.count <= 100, "What is malformed or too much is refused")
        let found = form.items.map { [Array($0.name.utf8), Array($0.value.utf8)] }
        try require(found == expected.map { $0.compactMap(\.self) }, "The fields are those of a plain reading")
    }

    /// Nil for a `%` without two hexadecimal digits behind it.
    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var (octets, rest): ([UInt8], ArraySlice<UInt8>) = ([], text)
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "+"): octets.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, !digits.hasPrefix("+"), !digits.hasPrefix("-"),
                    let value = UInt8(digits, radix: 16)
                else { return nil }
                octets.append(value)
                rest = rest.dropFirst(2)
            default: octets.append(octet)
            }
        }
        return octets
    }
}

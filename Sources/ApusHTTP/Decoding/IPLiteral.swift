/// The syntax of what stands between the brackets of a host (RFC 3986 §3.2.2).
enum IPLiteral {
    static func isValid(_ range: Range<Int>, of octets: Span<UInt8>) -> Bool {
        guard !range.isEmpty else { return false }
        let isFuture = octets[range.lowerBound] | 0x20 == 0x76
        return isFuture ? isIPvFuture(range, of: octets) : isIPv6(range, of: octets)
    }

    /// Has the form `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`.
    private static func isIPvFuture(_ range: Range<Int>, of octets: Span<UInt8>) -> Bool {
        guard let period = range.first(where: { octets[$0] == Octet.period }) else { return false }
        let version = range.lowerBound &+ 1..<period
        let address = period &+ 1..<range.upperBound
        let registeredName = Octet.registeredName
        return !version.isEmpty && version.allSatisfy { Octet.hexadecimalValue(octets[$0]) != nil }
            && !address.isEmpty
            && address.allSatisfy { registeredName.contains(octets[$0]) || octets[$0] == Octet.colon }
    }

    /// Eight groups of 16 bits; `::` stands once for at least one group; the last two groups may be an IPv4 address.
    private static func isIPv6(_ range: Range<Int>, of octets: Span<UInt8>) -> Bool {
        var groups = 0
        var hasGap = false
        var position = range.lowerBound
        if octets[position] == Octet.colon {
            guard position &+ 1 < range.upperBound, octets[position &+ 1] == Octet.colon else { return false }
            hasGap = true
            position &+= 2
        }
        while position < range.upperBound {
            let start = position
            while position < range.upperBound, Octet.hexadecimalValue(octets[position]) != nil { position &+= 1 }
            if position < range.upperBound, octets[position] == Octet.period {
                guard isIPv4(start..<range.upperBound, of: octets) else { return false }
                groups &+= 2
                break
            }
            guard (1...4).contains(position &- start) else { return false }
            groups &+= 1
            guard position < range.upperBound else { break }
            guard octets[position] == Octet.colon, position &+ 1 < range.upperBound else { return false }
            position &+= 1
            if octets[position] == Octet.colon {
                guard !hasGap else { return false }
                hasGap = true
                position &+= 1
            }
        }
        return hasGap ? groups <= 7 : groups == 8
    }

    /// Four numbers of 0 to 255 without leading zeros.
    private static func isIPv4(_ range: Range<Int>, of octets: Span<UInt8>) -> Bool {
        var numbers = 0
        var position = range.lowerBound
        while true {
            let start = position
            var number = 0
            while position < range.upperBound, position &- start < 3, Octet.isDigit(octets[position]) {
                number = number &* 10 &+ Int(octets[position] &- Octet.zero)
                position &+= 1
            }
            let digits = position &- start
            guard digits > 0, number <= 255, digits == 1 || octets[start] != Octet.zero else { return false }
            numbers &+= 1
            if position == range.upperBound { return numbers == 4 }
            guard octets[position] == Octet.period, numbers < 4 else { return false }
            position &+= 1
        }
    }
}

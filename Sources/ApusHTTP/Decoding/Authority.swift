/// The syntax of `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2).
enum Authority {
    /// Whether `range` is a host that is not empty and, if there is a colon after it, a port of at most 65535.
    ///
    /// A user name is not allowed for: in a http URI it serves to mislead (RFC 9110 §4.2.4).
    static func isValid(_ range: Range<Int>, of octets: Span<UInt8>, requiresPort: Bool = false) -> Bool {
        // Most hosts are letters, digits, hyphens and periods, and nothing else.
        let plainEnd = Octet.hostLetterEnd(in: octets, range)
        let isPlain = plainEnd > range.lowerBound && (plainEnd == range.upperBound || octets[plainEnd] == Octet.colon)
        guard let hostEnd = isPlain ? plainEnd : hostEnd(range, of: octets) else { return false }
        guard hostEnd < range.upperBound else { return !requiresPort }
        guard octets[hostEnd] == Octet.colon else { return false }
        let port = hostEnd &+ 1..<range.upperBound
        return isPort(port, of: octets) && !(requiresPort && port.isEmpty)
    }

    private static func isPort(_ range: Range<Int>, of octets: Span<UInt8>) -> Bool {
        if range.count <= 8 { return range.isEmpty || Octet.number(octets.extracting(range)) ?? .max <= 65_535 }
        var number = 0
        for index in range {
            guard Octet.isDigit(octets[index]) else { return false }
            number = number &* 10 &+ Int(octets[index] &- Octet.zero)
            guard number <= 65_535 else { return false }
        }
        return true
    }

    private static func hostEnd(_ range: Range<Int>, of octets: Span<UInt8>) -> Int? {
        guard !range.isEmpty else { return nil }
        if octets[range.lowerBound] == Octet.leftBracket {
            guard let close = range.first(where: { octets[$0] == Octet.rightBracket }) else { return nil }
            return IPLiteral.isValid(range.lowerBound &+ 1..<close, of: octets) ? close &+ 1 : nil
        }
        let registeredName = Octet.registeredName
        var position = range.lowerBound
        while true {
            while position < range.upperBound, registeredName.contains(octets[position]) { position &+= 1 }
            guard position < range.upperBound, octets[position] != Octet.colon else { break }
            guard octets[position] == Octet.percent, position &+ 2 < range.upperBound,
                Octet.hexadecimalValue(octets[position &+ 1]) != nil,
                Octet.hexadecimalValue(octets[position &+ 2]) != nil
            else { return nil }
            position &+= 3
        }
        return position > range.lowerBound ? position : nil
    }
}

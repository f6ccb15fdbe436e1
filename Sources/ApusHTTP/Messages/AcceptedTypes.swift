/// The media types that a client accepts, and how gladly (RFC 9110 §12.5.1).
package struct AcceptedTypes {
    /// The most ranges that are looked at; more are no client's own, and are left out.
    private static let maximumRanges = 100

    private struct Range {
        let type: Substring
        let subtype: Substring
        let quality: Int
    }

    private var ranges: [Range] = []
    private let isPresent: Bool

    /// Reads all lines of Accept; elements that are malformed, or ask for a type with parameters, are left out.
    package init(_ fields: HTTP.Fields) {
        let lines = fields.values(of: .accept)
        isPresent = !lines.isEmpty
        for element in lines.lazy.flatMap({ $0.lowercased().split(separator: ",") }).prefix(Self.maximumRanges) {
            let parts = element.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
            let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
            guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty, parts.count <= 2 else { continue }
            guard let quality = parts.count == 1 ? 1_000 : Self.quality(parts[1]) else { continue }
            ranges.append(Range(type: names[0], subtype: names[1], quality: quality))
        }
    }

    /// The quality of a type in thousandths, by the range that names it most closely; 0 for one that is not acceptable.
    ///
    /// Without an Accept field every type is as welcome as any other.
    package func quality(of type: String) -> Int {
        guard isPresent else { return 1_000 }
        let names = type.split(separator: "/")
        guard names.count == 2 else { return 0 }
        var best = (closeness: 0, quality: 0)
        for range in ranges {
            let closeness =
                switch (range.type, range.subtype) {
                case (names[0], names[1]): 3
                case (names[0], "*"): 2
                case ("*", "*"): 1
                default: 0
                }
            if closeness > best.closeness { best = (closeness, range.quality) }
        }
        return best.quality
    }

    /// `weight` (RFC 9110 §12.4.2): from 0 to 1 with at most three decimals.
    private static func quality(_ parameter: Substring) -> Int? {
        guard parameter.hasPrefix("q=") else { return nil }
        let text = parameter.dropFirst(2).utf8
        guard let first = text.first, first == Octet.zero || first == Octet.zero + 1, text.count <= 5 else {
            return nil
        }
        let decimals = text.dropFirst(2)
        guard text.count == 1 || text.dropFirst().first == Octet.period, decimals.allSatisfy(Octet.isDigit) else {
            return nil
        }
        var quality = Int(first - Octet.zero)
        for place in 0..<3 {
            let digit = decimals.dropFirst(place).first.map { Int($0 - Octet.zero) } ?? 0
            quality = quality * 10 + digit
        }
        return quality <= 1_000 ? quality : nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}

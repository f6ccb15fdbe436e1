/// A route's path in its parts: `/users/{id:int}/files/{path...}`.
struct RouteTemplate: Sendable, Equatable {
    enum Segment: Sendable, Equatable {
        case literal(String)
        case parameter(name: String, kind: ParameterKind)
        /// All that follows, slashes included; never empty.
        case rest(name: String)
    }

    let segments: [Segment]

    var parameterNames: [String] {
        segments.compactMap { segment in
            switch segment {
            case .literal: nil
            case .parameter(let name, _), .rest(let name): name
            }
        }
    }

    /// The path of a route inside a group: one slash between the two, none at the end.
    static func join(_ prefix: String, _ path: String) -> String {
        let segments = (prefix.split(separator: "/") + path.split(separator: "/")).joined(separator: "/")
        return "/" + segments
    }

    /// - Throws: `RoutingError.badTemplate`, which says what is wrong with it.
    init(_ template: String, at place: SourcePlace) throws(RoutingError) {
        var segments: [Segment] = []
        var names: Set<String> = []
        let parts = template.split(separator: "/")
        for (index, part) in parts.enumerated() {
            func fail(_ reason: String) -> RoutingError { .badTemplate(template, reason, place) }
            guard part.contains("{") || part.contains("}") else {
                segments.append(.literal(String(part)))
                continue
            }
            guard part.hasPrefix("{"), part.hasSuffix("}"), part.count > 2 else {
                throw fail("'\(part)' is not a literal, {name}, {name:int}, {name:uuid} or {name...}")
            }
            var inside = part.dropFirst().dropLast()
            let isRest = inside.hasSuffix("...")
            if isRest { inside = inside.dropLast(3) }
            let halves = inside.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(halves[0])
            guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else {
                throw fail("'\(name)' is not a name of letters, digits, '_' and '-'")
            }
            guard names.insert(name).inserted else { throw fail("the name '\(name)' stands in it twice") }
            if isRest {
                guard index == parts.count - 1 else { throw fail("'\(part)' must be the last segment") }
                guard halves.count == 1 else { throw fail("'\(part)' cannot have a kind") }
                segments.append(.rest(name: name))
            } else if halves.count == 2 {
                guard let kind = ParameterKind(rawValue: String(halves[1])), kind != .text else {
                    throw fail("'\(halves[1])' is not a kind of parameter: int and uuid are")
                }
                segments.append(.parameter(name: name, kind: kind))
            } else {
                segments.append(.parameter(name: name, kind: .text))
            }
        }
        self.segments = segments
    }
}

/// What a `{name}` segment matches.
enum ParameterKind: String, Sendable {
    case int
    case uuid
    case text

    func matches(_ octets: Span<UInt8>) -> Bool {
        switch self {
        case .text: !octets.isEmpty
        case .int: Self.isInt(octets)
        case .uuid: Self.isUUID(octets)
        }
    }

    /// What `Int` takes, but for a plus sign.
    private static func isInt(_ octets: Span<UInt8>) -> Bool {
        let isNegative = octets.count > 0 && octets[0] == UInt8(ascii: "-")
        let digits = octets.extracting(droppingFirst: isNegative ? 1 : 0)
        var number = 0
        for index in digits.indices {
            let digit = digits[index] &- UInt8(ascii: "0")
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) =
                isNegative
                ? product.subtractingReportingOverflow(Int(digit)) : product.addingReportingOverflow(Int(digit))
            guard digit < 10, !overflow, !carry else { return false }
            number = sum
        }
        return digits.count > 0
    }

    /// RFC 9562 §4: 8-4-4-4-12 hexadecimal digits.
    private static func isUUID(_ octets: Span<UInt8>) -> Bool {
        guard octets.count == 36 else { return false }
        return octets.indices.allSatisfy { index in
            let octet = octets[index]
            return [8, 13, 18, 23].contains(index)
                ? octet == UInt8(ascii: "-")
                : UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet
                    || UInt8(ascii: "a")...UInt8(ascii: "f") ~= octet | 0x20
        }
    }
}

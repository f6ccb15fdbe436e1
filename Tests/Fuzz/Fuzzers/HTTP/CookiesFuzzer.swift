@testable import ApusHTTP

extension Fuzzer {
    /// Cookie fields, a line of the input each: the pairs are those that a plain reading finds (RFC 6265 §5.4).
    static let cookies = Fuzzer(name: "cookies") { (octets) throws(Violation) in
        var fields = HTTP.Fields()
        var expected: [[String]] = []
        for line in octets.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            guard (try? fields.append(.cookie, text)) != nil else { continue }
            expected += pairs(Array(text.utf8))
        }
        let cookies: HTTP.Cookies
        do {
            cookies = try HTTP.Cookies(fields)
        } catch {
            let size = fields.values(of: .cookie).reduce(0) { $0 + $1.utf8.count }
            try require(expected.count > 200 || size > 32_768, "Only what is beyond the limits is refused")
            return
        }
        let found = cookies.map { [$0.name, $0.value] }
        try require(isSame(found, expected), "The pairs are those of a plain reading")
        for pair in expected.prefix(8) {
            let values = expected.filter { $0[0] == pair[0] }.map { $0[1] }
            try require(cookies.values(of: pair[0]) == values, "All values of a name are given")
            try require(cookies[pair[0]] == values.first, "The first value of a name is given")
        }
        var again = HTTP.Fields()
        let line = found.map { $0.joined(separator: "=") }.joined(separator: "; ")
        _ = try succeed("What was read can be sent") { try again.append(.cookie, line) }
        let read = try succeed("What was read can be read again") { try HTTP.Cookies(again) }
        try require(isSame(read.map { [$0.name, $0.value] }, found), "What was read reads the same")
        for value in expected.map({ $0[1] }) where value.utf8.count > 9 {
            try require(!"\(cookies)".contains("=" + value), "No description shows a value")
        }
    }

    private static func pairs(_ line: [UInt8]) -> [[String]] {
        line.split(separator: UInt8(ascii: ";")).compactMap { part in
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            // Only the space before the name is dropped: what is left must be a token.
            let name = FieldText.text(part[..<equals].drop { $0 == 0x20 || $0 == 0x09 })
            return FieldText.isToken(name) ? [name, FieldText.trimmed(part[(equals + 1)...])] : nil
        }
    }

    private static func isSame(_ first: [[String]], _ second: [[String]]) -> Bool {
        first.count == second.count
            && zip(first.joined(), second.joined()).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}

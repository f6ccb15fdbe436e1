@testable import ApusHTTP
@testable import ApusTesting

extension Fuzzer {
    /// Fields that a handler sets from what a peer sent: they are what a plain list would be, and never end their line.
    ///
    /// Each line of the input is an edit: `+name: value` appends, `=name: value` sets, `-name` removes.
    static let fields = Fuzzer(name: "fields") { (octets) throws(Violation) in
        var fields = HTTP.Fields()
        var expected = PlainFields()
        for line in octets.split(separator: 0x0A) {
            let halves = line.dropFirst().split(separator: 0x3A, maxSplits: 1, omittingEmptySubsequences: false)
            let text = halves.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
            let value = halves.count > 1 ? String(decoding: halves[1], as: UTF8.self) : ""
            let name = try? HTTP.FieldName(validating: text)
            try require((name != nil) == FieldText.isToken(text), "A name is a token")
            guard let name else { continue }
            switch line.first {
            case UInt8(ascii: "-"):
                fields.remove(name)
                expected.remove(text)
            case UInt8(ascii: "="):
                let isSet = (try? fields.set(name, value)) != nil
                try require(isSet == FieldText.isValue(value), "A value holds no control but HTAB")
                if isSet { expected.set(text, value) }
            default:
                let isAppended = (try? fields.append(name, value)) != nil
                try require(isAppended == FieldText.isValue(value), "A value holds no control but HTAB")
                if isAppended { expected.append(text, value) }
            }
        }
        try check(fields, against: expected)
        try checkResponse(fields, expected, content: octets)
    }

    private static func check(_ fields: HTTP.Fields, against expected: PlainFields) throws(Violation) {
        try require(fields.count == expected.lines.count, "There are as many lines")
        let isSame = zip(fields, expected.lines).allSatisfy { line, expected in
            line.name.utf8.elementsEqual(expected.name.utf8) && line.value.utf8.elementsEqual(expected.value.utf8)
        }
        try require(isSame, "The lines are these, in order: \(fields)")
        for line in expected.lines {
            let name = try succeed("The name is a token") { try HTTP.FieldName(validating: line.name) }
            let values = expected.values(of: line.name)
            try require(
                fields.values(of: name) == values && fields.count(of: name) == values.count, "The values are these")
            try require(fields.contains(name) && fields[name]?.hasPrefix(values[0]) == true, "The field is found")
        }
    }

    /// What is written is one response with these fields, whatever they hold.
    private static func checkResponse(
        _ fields: HTTP.Fields, _ expected: PlainFields, content: [UInt8]
    ) throws(Violation) {
        let type = expected.lines.lazy.compactMap { HTTP.ContentType(validating: $0.value) }.first
        for isChunked in [false, true] {
            var octets: [UInt8] = []
            let date = IMFFixdate.dateField(secondsSince1970: 0)
            ResponseEncoder.encodeHead(
                status: .ok, contentType: type, fields: fields, framing: isChunked ? .chunked : .length(content.count),
                version: .http11, closes: false, date: date.span, into: &octets)
            if isChunked {
                ResponseEncoder.encodeChunk(content.span, into: &octets)
                ResponseEncoder.encodeLastChunk(trailers: fields, into: &octets)
            } else {
                octets += content
            }
            var parser = ResponseParser()
            parser.receive(octets.span)
            let response = try succeed("What is written is a response") { try parser.next(to: .get) }
            guard let response else { throw Violation("What is written is a whole response") }
            try require(response.octets == content && parser.takeRest().isEmpty, "The content is all that follows")
            let own = response.headers.filter { !PlainFields.isWrittenByServer($0.name) }
            let isSame =
                own.count == expected.written.count
                && zip(own, expected.written).allSatisfy { line, expected in
                    line.name.utf8.elementsEqual(expected.name.utf8)
                        && line.value.utf8.elementsEqual(expected.value.utf8)
                }
            try require(isSame, "The response has these fields: \(response.headers)")
            if let type, !fields.contains(.contentType) {
                let value = FieldText.trimmed(Array(type.value.utf8)[...])
                try require(response.headers.values(of: .contentType) == [value], "The response has this type")
            }
        }
    }
}

/// Fields as a plain list of lines.
private struct PlainFields {
    private(set) var lines: [(name: String, value: String)] = []

    mutating func append(_ name: String, _ value: String) {
        lines.append((name, FieldText.trimmed(Array(value.utf8)[...])))
    }

    mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    mutating func remove(_ name: String) {
        lines.removeAll { $0.name.lowercased() == name.lowercased() }
    }

    func values(of name: String) -> [String] {
        lines.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// Those that a response shows as they were set.
    var written: [(name: String, value: String)] { lines.filter { !Self.isWrittenByServer($0.name) } }

    static func isWrittenByServer(_ name: String) -> Bool {
        ["content-length", "transfer-encoding", "connection", "content-type", "date"].contains(name.lowercased())
    }
}

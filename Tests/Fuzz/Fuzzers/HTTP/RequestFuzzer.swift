@testable import ApusHTTP

extension Fuzzer {
    /// What arrives on a connection: it reads the same however it is split, and again when it is written anew.
    static let request = Fuzzer(name: "http-request") { (octets) throws(Violation) in
        for limits in [HTTP.DecoderLimits(), tightLimits] {
            let whole = try Transcript(feeding: [octets], limits: limits)
            for pieces in InputSplitting.splits(of: octets) {
                let split = try Transcript(feeding: pieces, limits: limits)
                try require(split == whole, "Input reads the same however it is split: \(split), \(whole)")
            }
            for message in whole.messages { try checkHead(message, limits) }
            try checkRoundTrip(whole)
        }
    }

    private static let tightLimits = HTTP.DecoderLimits(
        requestLine: 30, fieldSectionBytes: 60, fieldCount: 2, chunkExtensionBytes: 3, trailerBytes: 9, trailerCount: 1)

    /// The rules of RFC 9112 by which requests are smuggled when one side bends them, read off the octets once more.
    private static func checkHead(_ message: Transcript.Message, _ limits: HTTP.DecoderLimits) throws(Violation) {
        let head = message.head
        try require(message.octets.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A], "A head ends in an empty line")
        let lines = message.octets.dropLast(4).split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.last == 0x0D ? line.dropLast() : line
        }
        let hasControl = lines.joined().contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
        try require(!hasControl, "A line holds no control but HTAB")
        try require(lines.count == head.fields.count + 1, "A head has a line for each field")
        try require(head.fields.count <= limits.fieldCount, "The limit of fields holds")
        try require(lines[0].count <= limits.requestLine, "The limit of the request line holds")

        let parts = lines[0].split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
        try require(parts.count == 3, "A request line has three parts")
        try require(parts[0] == Array(head.method.token.utf8), "The method is the line's")
        try require(parts[1] == Array(head.target.utf8), "The target is the line's")
        try require(parts[2].starts(with: Array("HTTP/1.".utf8)), "The version is 1")

        var lengths: [String] = []
        var codings: [String] = []
        for (line, field) in zip(lines.dropFirst(), head.fields) {
            guard let colon = line.firstIndex(of: 0x3A) else { throw Violation("A field line has a colon") }
            let (name, value) = (FieldText.text(line[..<colon]), FieldText.trimmed(line[(colon + 1)...]))
            try require(FieldText.isToken(name) && name == field.name, "The name is the line's")
            try require(value.utf8.elementsEqual(field.value.utf8), "The value is the line's")
            if name.lowercased() == "content-length" { lengths.append(value) }
            if name.lowercased() == "transfer-encoding" { codings.append(value) }
        }
        try checkFraming(message, lengths, codings)
        _ = (head.description, head.path, head.query, head.host, head.fields.description)
    }

    private static func checkFraming(
        _ message: Transcript.Message, _ lengths: [String], _ codings: [String]
    ) throws(Violation) {
        switch message.head.control.framing {
        case .chunked:
            try require(lengths.isEmpty && message.head.version == .http11, "Chunks come alone, in HTTP/1.1")
            try require(codings.map { $0.lowercased() } == ["chunked"], "Chunks are the one coding")
        case .length(let length):
            try require(lengths.count == 1 && codings.isEmpty, "There is one length")
            let isNumber = lengths[0].utf8.allSatisfy { 0x30...0x39 ~= $0 } && Int(lengths[0]) == length
            try require(isNumber, "The length is the field's")
            try require(message.content.count == length || !message.isComplete, "Content has its length")
        case .none:
            try require(codings.isEmpty && lengths.allSatisfy { Int($0) == 0 }, "There is no content")
        }
    }

    private static func checkRoundTrip(_ transcript: Transcript) throws(Violation) {
        var octets: [UInt8] = []
        let complete = transcript.messages.filter(\.isComplete)
        for message in complete { encode(message, into: &octets) }
        let again = try Transcript(feeding: [octets], limits: HTTP.DecoderLimits())
        try require(again.failure == nil && again.rest.isEmpty, "What is written anew can be read: \(again)")
        try require(again.messages.count == complete.count, "What is written anew are as many messages")
        let isSame = zip(again.messages, complete).allSatisfy { $0.isSameRequest(as: $1) }
        try require(isSame, "What is written anew reads the same: \(again), \(transcript)")
    }

    private static func encode(_ message: Transcript.Message, into octets: inout [UInt8]) {
        let head = message.head
        octets += Array(
            "\(head.method.token) \(head.target) \(head.version == .http11 ? "HTTP/1.1" : "HTTP/1.0")\r\n".utf8)
        for line in head.fields.lines {
            octets += head.fields.octets[line.name.range] + [0x3A, 0x20] + head.fields.octets[line.value.range]
            octets.appendLineEnd()
        }
        octets.appendLineEnd()
        guard head.control.framing == .chunked else {
            octets += message.content
            return
        }
        ResponseEncoder.encodeChunk(message.content.span, into: &octets)
        ResponseEncoder.encodeLastChunk(trailers: message.trailers, into: &octets)
    }
}

@testable import ApusHTTP

extension Fuzzer {
    /// Content in chunks: it reads the same however it is split, as RFC 9112 §7.1 has it, and as it was written.
    static let chunked = Fuzzer(name: "http-chunked") { (octets) throws(Violation) in
        try checkReading(octets)
        try checkWriting(octets)
    }

    private static let head = Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)

    private static func checkReading(_ octets: [UInt8]) throws(Violation) {
        let limits = HTTP.DecoderLimits()
        let whole = try Transcript(feeding: [head, octets], limits: limits)
        for pieces in InputSplitting.splits(of: octets) {
            let split = try Transcript(feeding: [head] + pieces, limits: limits)
            try require(split == whole, "Chunks read the same however they are split: \(split), \(whole)")
        }
        guard let message = whole.messages.first else { throw Violation("The head is complete") }
        let expected = PlainChunks(octets)
        guard message.isComplete else {
            try require(expected == nil || isLimit(whole.failure), "Well-formed chunks are read: \(whole)")
            return
        }
        guard let expected else { throw Violation("Malformed chunks are refused: \(whole)") }
        try require(message.content == expected.content, "The content is that of the chunks")
        for (name, value) in message.trailers ?? HTTP.Fields() {
            try require(expected.trailers.contains { $0 == (name, value) }, "A trailer is one of the section's")
        }
    }

    private static func isLimit(_ failure: HTTP.DecodingError?) -> Bool {
        switch failure?.reason {
        case .chunkExtensionsTooLong, .trailersTooLarge, .tooManyTrailers: true
        default: false
        }
    }

    private static func checkWriting(_ content: [UInt8]) throws(Violation) {
        for pieces in InputSplitting.splits(of: content) {
            var octets = head
            for piece in pieces { ResponseEncoder.encodeChunk(piece.span, into: &octets) }
            ResponseEncoder.encodeLastChunk(trailers: nil, into: &octets)
            let transcript = try Transcript(feeding: [octets], limits: HTTP.DecoderLimits())
            try require(transcript.messages.first?.content == content, "What was written in chunks is read")
            try require(
                transcript.isBetweenMessages && transcript.rest.isEmpty && transcript.failure == nil,
                "What was written in chunks is one message")
        }
    }
}

/// Chunks as the grammar of RFC 9112 §7.1 has them, without whitespace and without limits.
private struct PlainChunks {
    private(set) var content: [UInt8] = []
    private(set) var trailers: [(name: String, value: String)] = []

    /// Nil for octets that do not begin with whole, well-formed chunks.
    init?(_ octets: [UInt8]) {
        var rest = octets[...]
        while true {
            guard let line = Self.line(&rest) else { return nil }
            let digits = line.prefix { Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }
            guard (1...16).contains(digits.count), let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                Self.areExtensions(line[digits.endIndex...])
            else { return nil }
            if size == 0 { break }
            guard rest.count >= 2, rest.count - 2 >= size else { return nil }
            content += rest.prefix(size)
            rest = rest.dropFirst(size)
            guard rest.starts(with: [0x0D, 0x0A]) else { return nil }
            rest = rest.dropFirst(2)
        }
        while true {
            guard let line = Self.line(&rest) else { return nil }
            if line.isEmpty { return }
            guard let colon = line.firstIndex(of: 0x3A), Self.isToken(line[..<colon]) else { return nil }
            trailers.append((FieldText.text(line[..<colon]), FieldText.trimmed(line[(colon + 1)...])))
        }
    }

    private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex, rest[end - 1] == 0x0D else { return nil }
        defer { rest = rest[(end + 1)...] }
        let line = rest[..<(end - 1)]
        return line.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F } ? nil : line
    }

    private static func areExtensions(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        while let first = rest.popFirst() {
            guard first == UInt8(ascii: ";"), takeToken(&rest) else { return false }
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst()
            guard rest.first == UInt8(ascii: "\"") ? takeQuoted(&rest) : takeToken(&rest) else { return false }
        }
        return true
    }

    private static func takeToken(_ rest: inout ArraySlice<UInt8>) -> Bool {
        let token = rest.prefix { isToken([$0]) }
        rest = rest[token.endIndex...]
        return !token.isEmpty
    }

    private static func takeQuoted(_ rest: inout ArraySlice<UInt8>) -> Bool {
        rest = rest.dropFirst()
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "\"") { return true }
            if octet == UInt8(ascii: "\\"), rest.popFirst() == nil { return false }
        }
        return false
    }

    private static func isToken(_ text: ArraySlice<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy(FieldText.tokenOctets.contains)
    }
}

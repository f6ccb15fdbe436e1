package import ApusHTTP

/// Reads the responses of one connection in order (RFC 9112), and accepts only what a server should send.
///
/// A pure state machine: octets go in, whole responses come out.
package struct ResponseParser: Sendable {
    private enum Expectation {
        case statusLine
        case fields
        case content(Int)
        case chunkSize
        case chunk(Int)
        case trailers
        case contentUntilEnd
    }

    private var octets: [UInt8] = []
    private var start = 0
    private var hasEnded = false
    private var expectation = Expectation.statusLine
    private var response = TestResponse()

    package init() {}

    /// Takes what has come from the server.
    package mutating func receive(_ received: Span<UInt8>) {
        octets.removeSubrange(..<start)
        start = 0
        received.withUnsafeBufferPointer { octets.append(contentsOf: $0) }
    }

    /// Notes that the server will send nothing more.
    package mutating func receiveEnd() { hasEnded = true }

    /// What has been received and is part of no response so far.
    package mutating func takeRest() -> [UInt8] {
        defer { start = octets.count }
        return Array(octets[start...])
    }

    /// What has been received up to and including the first `marker`; nil while it is not there.
    package mutating func take(through marker: [UInt8]) -> [UInt8]? {
        guard let end = end(of: marker) else { return nil }
        defer { start = end }
        return Array(octets[start..<end])
    }

    /// Where the first `marker` ends.
    private func end(of marker: [UInt8]) -> Int? {
        guard let first = marker.first else { return start }
        var place = start
        while place + marker.count <= octets.count {
            let end = place + marker.count
            if octets[place] == first, octets[place..<end] == marker[...] { return end }
            place += 1
        }
        return nil
    }

    /// The next final response; nil when more must come first.
    ///
    /// - Parameter method: that of the request, because a response to HEAD has no content (RFC 9112 §6.3).
    /// - Throws: `ResponseFault`, after which nothing more can be read.
    package mutating func next(to method: HTTP.Method) throws(ResponseFault) -> TestResponse? {
        while true {
            guard let isComplete = try advance(method) else {
                if hasEnded { return try finish() }
                return nil
            }
            guard isComplete else { continue }
            expectation = .statusLine
            if response.status.code < 200 {
                response = TestResponse(interim: response.interim + [response.status])
                continue
            }
            return takeResponse()
        }
    }

    private mutating func takeResponse() -> TestResponse {
        defer { response = TestResponse() }
        return response
    }

    /// Only content without a length of its own ends with the connection (RFC 9112 §6.3).
    private mutating func finish() throws(ResponseFault) -> TestResponse {
        switch expectation {
        case .contentUntilEnd:
            expectation = .statusLine
            return takeResponse()
        case .statusLine where start == octets.count && response.interim.isEmpty:
            throw .ended
        default:
            throw .endedEarly
        }
    }

    /// One step.
    ///
    /// - Returns: nil when more octets are needed; true when a message is complete.
    private mutating func advance(_ method: HTTP.Method) throws(ResponseFault) -> Bool? {
        switch expectation {
        case .statusLine:
            guard let line = try takeLine() else { return nil }
            response.status = try Self.status(line)
            expectation = .fields
            return false
        case .fields:
            guard let line = try takeLine() else { return nil }
            guard line.isEmpty else {
                try Self.add(line, to: &response.headers)
                return false
            }
            return try beginContent(method)
        case .content(let remaining):
            return take(remaining).map { left in
                expectation = .content(left)
                return left == 0
            }
        case .chunkSize:
            guard let line = try takeLine() else { return nil }
            let size = try Self.chunkSize(line)
            expectation = size == 0 ? .trailers : .chunk(size)
            return false
        case .chunk(let remaining):
            return try advanceChunk(remaining)
        case .trailers:
            guard let line = try takeLine() else { return nil }
            if line.isEmpty { return true }
            var trailers = response.trailers ?? HTTP.Fields()
            try Self.add(line, to: &trailers)
            guard !Self.framingFields.contains(where: trailers.contains) else { throw .forbiddenTrailer }
            response.trailers = trailers
            return false
        case .contentUntilEnd:
            _ = take(.max)
            return nil
        }
    }

    private mutating func advanceChunk(_ remaining: Int) throws(ResponseFault) -> Bool? {
        if remaining > 0 {
            guard let left = take(remaining) else { return nil }
            expectation = .chunk(left)
            return false
        }
        guard octets.count - start >= 2 else { return nil }
        guard octets[start...].starts(with: [0x0D, 0x0A]) else { throw .missingChunkEnd }
        start += 2
        expectation = .chunkSize
        return false
    }

    /// Moves content into the response; nil when there is none to move.
    ///
    /// - Returns: how much is left of `count`.
    private mutating func take(_ count: Int) -> Int? {
        let length = min(count, octets.count - start)
        guard length > 0 else { return nil }
        response.octets += octets[start..<start + length]
        start += length
        return count - length
    }

    private mutating func takeLine() throws(ResponseFault) -> String? {
        var index = start
        while index < octets.count {
            switch octets[index] {
            case 0x0A: throw .bareLineFeed
            case 0x0D:
                guard index + 1 < octets.count else { return nil }
                guard octets[index + 1] == 0x0A else { throw .bareCarriageReturn }
                defer { start = index + 2 }
                return String(decoding: octets[start..<index], as: UTF8.self)
            case 0x00..<0x09, 0x0B..<0x20, 0x7F: throw .controlCharacter
            default: index += 1
            }
        }
        return nil
    }

    // MARK: The rules of a response's head

    private static let framingFields: [HTTP.FieldName] = [.contentLength, .transferEncoding, .host, .connection]

    /// - Returns: true when there is no content.
    private mutating func beginContent(_ method: HTTP.Method) throws(ResponseFault) -> Bool {
        let length = try Self.contentLength(response.headers)
        let codings = response.headers.values(of: .transferEncoding)
        guard codings.isEmpty || codings == ["chunked"] else { throw .unknownTransferCoding }
        if length != nil && !codings.isEmpty { throw .contentLengthWithTransferEncoding }
        let code = response.status.code
        if code < 200 || code == 204 {
            guard length == nil && codings.isEmpty else { throw .framingWithoutContent }
            return true
        }
        if method == .head || code == 304 { return true }
        if !codings.isEmpty {
            expectation = .chunkSize
            return false
        }
        guard let length else {
            expectation = .contentUntilEnd
            return false
        }
        expectation = .content(length)
        return length == 0
    }

    /// `HTTP/1.1 200 OK`; the space before a reason that is empty must be there too (RFC 9112 §4).
    private static func status(_ line: String) throws(ResponseFault) -> HTTP.Status {
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "HTTP/1.1", parts[1].utf8.count == 3, let code = decimal(parts[1]) else {
            throw .malformedStatusLine
        }
        guard 100...599 ~= code else { throw .statusOutOfRange }
        return HTTP.Status(code: code)
    }

    private static func add(_ line: String, to fields: inout HTTP.Fields) throws(ResponseFault) {
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedField }
        do throws(HTTP.FieldError) {
            let name = try HTTP.FieldName(validating: String(line[..<colon]))
            try fields.append(name, String(line[line.utf8.index(after: colon)...]))
        } catch {
            throw .malformedField
        }
    }

    private static func contentLength(_ fields: HTTP.Fields) throws(ResponseFault) -> Int? {
        let values = fields.values(of: .contentLength)
        guard let value = values.first else { return nil }
        guard values.count == 1 else { throw .repeatedContentLength }
        guard let length = decimal(value) else { throw .malformedContentLength }
        return length
    }

    /// `Int` alone would take a sign.
    private static func decimal(_ text: some StringProtocol) -> Int? {
        guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(text)
    }

    private static func chunkSize(_ line: String) throws(ResponseFault) -> Int {
        let digits = line.prefix { $0 != ";" }
        guard 1...15 ~= digits.utf8.count, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let size = Int(digits, radix: 16)
        else { throw .malformedChunkSize }
        return size
    }
}

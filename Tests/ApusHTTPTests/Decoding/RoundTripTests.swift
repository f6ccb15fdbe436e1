import ApusHTTP
import Testing

/// Requests that were written from a known meaning are read with that meaning, however they arrive.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<200) func `reads what was written`(_ seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        var octets: [UInt8] = []
        var expected: [Transcript.Message] = []
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            expected.append(try write(into: &octets, using: &generator))
        }
        var pieces: [[UInt8]] = []
        var start = 0
        while start < octets.count {
            let end = min(octets.count, start + Int.random(in: 1...40, using: &generator))
            pieces.append(Array(octets[start..<end]))
            start = end
        }
        let transcript = Transcript(feeding: pieces)
        #expect(transcript.failure == nil)
        #expect(transcript.messages == expected)
        #expect(transcript.rest.isEmpty && transcript.isBetweenMessages)
    }

    private func write(
        into octets: inout [UInt8], using generator: inout SplitMix64
    ) throws -> Transcript.Message {
        let method = ["GET", "POST", "M-SEARCH", "get"].randomElement(using: &generator) ?? ""
        let target = "/" + text(0...30, "abcXYZ019-._~%41/?&=", &generator)
        var fields = HTTP.Fields()
        try fields.append("Host", "example.com")
        octets += Array("\(method) \(target) HTTP/1.1\r\nHost: example.com\r\n".utf8)
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let name = "X" + text(0...20, "abcDEF019!#$%&'*+-.^_`|~", &generator)
            let value = text(0...50, "ab \tcd,;=\"(){}/ü€", &generator)
            try fields.append(HTTP.FieldName(validating: name), value)
            let space = { (generator: inout SplitMix64) in self.text(0...2, " \t", &generator) }
            octets += Array("\(name):\(space(&generator))\(value)\(space(&generator))\r\n".utf8)
        }
        var message = Transcript.Message(
            method: method, target: target, version: .http11, fields: fields, framing: .none, isComplete: true)
        switch Int.random(in: 0...2, using: &generator) {
        case 0: octets += Array("\r\n".utf8)
        case 1:
            message.content = content(1...300, &generator)
            message.framing = .length(message.content.count)
            try message.fields.append("Content-Length", String(message.content.count))
            octets += Array("Content-Length: \(message.content.count)\r\n\r\n".utf8) + message.content
        default:
            message.framing = .chunked
            try message.fields.append("Transfer-Encoding", "chunked")
            octets += Array("Transfer-Encoding: chunked\r\n\r\n".utf8)
            for _ in 0..<Int.random(in: 0...5, using: &generator) {
                let chunk = content(1...100, &generator)
                message.content += chunk
                ResponseEncoder.encodeChunk(chunk.span, into: &octets)
            }
            if Bool.random(using: &generator) {
                var trailers = HTTP.Fields()
                try trailers.append("X-Sum", text(1...10, "0123456789abcdef", &generator))
                message.trailers = trailers
            }
            ResponseEncoder.encodeLastChunk(trailers: message.trailers, into: &octets)
        }
        return message
    }

    private func text(_ length: ClosedRange<Int>, _ alphabet: String, _ generator: inout SplitMix64) -> String {
        var text = ""
        for _ in 0..<Int.random(in: length, using: &generator) {
            text.append(alphabet.randomElement(using: &generator) ?? "a")
        }
        return text
    }

    private func content(_ length: ClosedRange<Int>, _ generator: inout SplitMix64) -> [UInt8] {
        (0..<Int.random(in: length, using: &generator)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

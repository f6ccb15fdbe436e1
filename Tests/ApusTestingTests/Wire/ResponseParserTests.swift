import Apus
import Testing

@testable import ApusTesting

@Suite struct ResponseParserTests {
    /// What a parser makes of octets that come in pieces of `size`, and of their end.
    private func read(_ text: String, to method: HTTP.Method = .get, by size: Int = .max) throws -> [TestResponse] {
        var parser = ResponseParser()
        var rest = Array(text.utf8)[...]
        var responses: [TestResponse] = []
        while !rest.isEmpty {
            let piece = rest.prefix(size)
            parser.receive(piece.span)
            rest = rest.dropFirst(size)
            while let response = try parser.next(to: method) { responses.append(response) }
        }
        parser.receiveEnd()
        do {
            while let response = try parser.next(to: method) { responses.append(response) }
        } catch ResponseFault.ended {}
        return responses
    }

    static let pipelined = """
        HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nHello\
        HTTP/1.1 204 No Content\r\nX-A:\t 1 \r\n\r\n\
        HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 201 \r\nContent-Length: 0\r\n\r\n\
        HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nB;x=\"y\"\r\npedia in\r\nc\r\n0\r\nSum: 1\r\n\r\n\
        HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n\
        HTTP/1.1 200 OK\r\n\r\nuntil the end
        """

    /// RFC 9112 §6.3, each of its ways to tell where content ends, however the octets are cut.
    @Test(arguments: [1, 2, 3, 7, 64, .max])
    func `reads one response after the other`(size: Int) throws {
        let responses = try read(Self.pipelined, by: size)
        try #require(responses.count == 6)
        #expect(responses.map(\.status.code) == [200, 204, 201, 200, 304, 200])
        #expect(responses.map(\.text) == ["Hello", "", "", "Wikipedia in\r\nc", "", "until the end"])
        #expect(responses.map { $0.interim.map(\.code) } == [[], [], [100, 103], [], [], []])
        #expect(responses[0].headers[.contentType] == "text/plain")
        #expect(responses[1].headers["x-a"] == "1")
        #expect(responses[3].trailers?["sum"] == "1")
        #expect(responses.enumerated().allSatisfy { $0.offset == 3 || $0.element.trailers == nil })
    }

    /// RFC 9112 §6.3: a response to HEAD ends with its head, whatever its fields say.
    @Test(arguments: ["Content-Length: 5", "Transfer-Encoding: chunked", "X: y"])
    func `expects no content after HEAD`(field: String) throws {
        let head = "HTTP/1.1 200 OK\r\n\(field)\r\n\r\n"
        let responses = try read(head + head, to: .head)
        #expect(responses.map(\.octets) == [[], []])
    }

    @Test func `every truncation is incomplete, and then ended too soon`() throws {
        let whole = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n0\r\nSum: 1\r\n\r\n"
        for length in 1..<whole.utf8.count {
            var parser = ResponseParser()
            let octets = Array(whole.utf8.prefix(length))
            parser.receive(octets.span)
            #expect(try parser.next(to: .get) == nil)
            parser.receiveEnd()
            #expect(throws: ResponseFault.endedEarly) { try parser.next(to: .get) }
        }
    }

    static let faults: [(String, ResponseFault)] = [
        ("HTTP/1.1 200 OK\n\r\n", .bareLineFeed),
        ("HTTP/1.1 200 OK\rX\n\r\n", .bareCarriageReturn),
        ("HTTP/1.1 200 O\u{0}K\r\n\r\n", .controlCharacter),
        ("HTTP/1.1 200\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1  200 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.0 200 OK\r\n\r\n", .malformedStatusLine),
        ("http/1.1 200 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 +20 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 2000 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 099 OK\r\n\r\n", .statusOutOfRange),
        ("HTTP/1.1 600 OK\r\n\r\n", .statusOutOfRange),
        ("HTTP/1.1 200 OK\r\nX : y\r\n\r\n", .malformedField),
        ("HTTP/1.1 200 OK\r\nX\r\n\r\n", .malformedField),
        ("HTTP/1.1 200 OK\r\n: y\r\n\r\n", .malformedField),
        ("HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n", .malformedField),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\na", .malformedContentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na", .malformedContentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\na", .malformedContentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\na", .malformedContentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\na", .malformedContentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", .repeatedContentLength),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", .unknownTransferCoding),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", .unknownTransferCoding),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
            .contentLengthWithTransferEncoding
        ),
        ("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", .framingWithoutContent),
        ("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", .framingWithoutContent),
        ("HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n", .framingWithoutContent),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n", .malformedChunkSize),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\na\r\n", .malformedChunkSize),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", .malformedChunkSize),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n", .malformedChunkSize),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n", .missingChunkEnd),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n", .bareLineFeed),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 1\r\n\r\n", .forbiddenTrailer),
    ]

    @Test(arguments: faults)
    func `refuses what a server must not send`(response: String, fault: ResponseFault) {
        #expect(throws: fault) { try read(response) }
    }

    @Test func `tells an end without a response from one within`() {
        var parser = ResponseParser()
        parser.receiveEnd()
        #expect(throws: ResponseFault.ended) { try parser.next(to: .get) }
        #expect(throws: ResponseFault.endedEarly) { try read("HTTP/1.1 100 Continue\r\n\r\n") }
    }

    @Test func `hands out what belongs to no response`() throws {
        var parser = ResponseParser()
        let octets = Array("HTTP/1.1 204 No Content\r\n\r\nabcabc".utf8)
        parser.receive(octets.span)
        #expect(try parser.next(to: .get)?.status == .noContent)
        #expect(parser.take(through: Array("x".utf8)) == nil)
        #expect(parser.take(through: Array("c".utf8)) == Array("abc".utf8))
        #expect(parser.takeRest() == Array("abc".utf8))
        #expect(parser.takeRest().isEmpty)
    }
}

import ApusHTTP
import Testing

@testable import Apus

/// A connection makes the same of its octets whatever pieces they come in, and nothing whole of what is cut off (RFC 9112 §2.2, §8).
@Suite struct ConnectionInputTests {
    /// What some octets are to a connection.
    private struct Reading: Equatable {
        /// One for each request: its method and target, its content, and how it ended.
        var requests: [String] = []
        var fault: HTTP.DecodingError.Reason?
        var isBetweenMessages = false

        private var isOpen = false

        init(_ pieces: some Sequence<ArraySlice<UInt8>>) {
            let input = ConnectionInput(limits: HTTP.DecoderLimits())
            var head: HTTP.RequestHead?
            do throws(InputError) {
                for piece in pieces {
                    var item = try input.next(with: piece.span, into: &head)
                    while let found = item {
                        note(found, head)
                        if case .head = found, let arrived = input.takeArrived() {
                            note(.content(arrived))
                            note(.end(trailers: nil))
                        }
                        item = try input.next(into: &head)
                    }
                }
            } catch {
                if case .malformed(let found) = error { fault = found.reason }
            }
            if isOpen { requests[requests.count - 1] += " …" }
            isBetweenMessages = input.isBetweenMessages
        }

        private mutating func note(_ item: ConnectionInput.Item, _ head: HTTP.RequestHead? = nil) {
            switch item {
            case .head:
                requests.append(head.map { "\($0.method) \($0.target) " } ?? "no head")
                isOpen = head?.control.framing != HTTP.BodyFraming.none
            case .content(let octets):
                requests[requests.count - 1] += String(decoding: octets, as: UTF8.self)
            case .end(let trailers):
                requests[requests.count - 1] += trailers.map { " + \($0.count)" } ?? ""
                isOpen = false
            }
        }
    }

    private static let good = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let chunked = "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

    /// Octets, the requests that are in them, and the fault that ends them.
    static let table: [(octets: String, requests: [String], fault: HTTP.DecodingError.Reason?)] = [
        (good, ["GET /a "], nil),
        (good + good, ["GET /a ", "GET /a "], nil),
        ("\r\n" + good + "\r\n" + good, ["GET /a ", "GET /a "], nil),
        ("POST /l HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nHello", ["POST /l Hello"], nil),
        ("POST /l HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nHello" + good, ["POST /l Hello", "GET /a "], nil),
        (chunked + "1\r\nH\r\n4;a=b\r\nello\r\n0\r\n\r\n" + good, ["POST /c Hello", "GET /a "], nil),
        (chunked + "5\r\nHello\r\n0\r\nX: y\r\nHost: z\r\n\r\n" + good, ["POST /c Hello + 1", "GET /a "], nil),
        // Content that looks like a request is none.
        (
            "POST /l HTTP/1.1\r\nHost: x\r\nContent-Length: 28\r\n\r\n" + good + good,
            ["POST /l " + good, "GET /a "], nil
        ),
        (good + "GET /b HTTP/1.1\r\n\r\n" + good, ["GET /a "], .missingHost),
        (
            "POST /l HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + good,
            [],
            .contentLengthWithTransferEncoding
        ),
        ("POST /l HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\nHello" + good, [], .invalidContentLength),
        ("POST /l HTTP/1.1\r\nHost: x\r\nContent-Length: 5\n\r\nHello" + good, [], .bareLineFeed),
        (chunked + "5\r\nHelloGET /b HTTP/1.1\r\n", ["POST /c Hello …"], .missingChunkEnd),
        (chunked + "5\r\nHello\r\n0x0\r\n\r\n" + good, ["POST /c Hello …"], .invalidChunkSize),
        (chunked + "0\r\nX : y\r\n\r\n" + good, ["POST /c  …"], .whitespaceInFieldName),
    ]

    @Test(arguments: table)
    func `reads the same however it is split`(
        _ row: (octets: String, requests: [String], fault: HTTP.DecodingError.Reason?)
    ) {
        let octets = Array(row.octets.utf8)
        let whole = Reading([octets[...]])
        #expect(whole.requests == row.requests && whole.fault == row.fault)
        #expect(whole.isBetweenMessages == (row.fault == nil))
        for index in octets.indices.dropFirst() {
            #expect(Reading([octets[..<index], octets[index...]]) == whole, "split at \(index)")
        }
        #expect(Reading(octets.indices.map { octets[$0...$0] }) == whole)
    }

    @Test func `content of a known length is with its head when all of it is here`() throws {
        let head = "POST /l HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"
        let rests = [
            ("", nil), ("Hell", nil), ("Hello", "Hello"), ("Hello" + Self.good, "Hello"), ("Hello\r\n", "Hello"),
        ]
        for (rest, content) in rests {
            for before in ["", Self.good] {
                let input = ConnectionInput(limits: HTTP.DecoderLimits())
                var found: HTTP.RequestHead?
                var item = try input.next(with: Array((before + head + rest).utf8).span, into: &found)
                if !before.isEmpty { item = try input.next(into: &found) }
                guard case .head? = item, found?.method == .post else {
                    Issue.record("no head before '\(rest)'")
                    continue
                }
                let arrived = input.takeArrived()
                #expect(arrived.map { String(decoding: $0, as: UTF8.self) } == content)
                #expect(input.takeArrived() == nil)
                #expect(input.hasOctets == (rest == "Hell" || rest.count > 5))
                #expect(input.isBetweenMessages == (rest == "Hello") && input.isUnused == (rest == "Hello"))
            }
        }
    }

    @Test(arguments: table)
    func `makes nothing whole of what is cut off`(
        _ row: (octets: String, requests: [String], fault: HTTP.DecodingError.Reason?)
    ) {
        let octets = Array(row.octets.utf8)
        for index in octets.indices.dropFirst() {
            let cut = Reading([octets[..<index]])
            #expect(cut.fault == nil || cut.fault == row.fault, "cut at \(index)")
            let complete = cut.requests.count { !$0.hasSuffix(" …") }
            #expect(Array(cut.requests.prefix(complete)) == Array(row.requests.prefix(complete)), "cut at \(index)")
            // Whoever ends here has either sent whole requests or is told apart from one who has.
            if complete == row.requests.count, row.fault == nil { #expect(!cut.isBetweenMessages, "cut at \(index)") }
        }
    }
}

import Apus
import ApusTesting
import Testing

/// The content of requests: read, left unread, asked for, cut off.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct ContentTests {
    private static let next = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

    // MARK: Expect (RFC 9110 §10.1.1)

    @Test(arguments: TestTransport.wires)
    func `a client that waits is told to go on when its content is read`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            for framing in ["Content-Length: 5", "Transfer-Encoding: chunked"] {
                try await connection.send(
                    "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\(framing)\r\n\r\n")
                let interim = try await connection.receive(through: "\r\n\r\n")
                #expect(interim == "HTTP/1.1 100 Continue\r\n\r\n")
                try await connection.send(framing.hasPrefix("C") ? "Hello" : "5\r\nHello\r\n0\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.text == "Hello" && response.interim.isEmpty)
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a client that waits for nothing is not told to go on`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send(
                "POST /ignore HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            let response = try await connection.receiveResponse()
            // Whether its content will come, nobody knows: so the connection cannot be used again.
            #expect(response.text == "ignored" && response.interim.isEmpty && response.headers[.connection] == "close")
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a client that did not wait gets no interim response`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send(
                "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nHello")
            let response = try await connection.receiveResponse()
            #expect(response.text == "Hello" && response.interim.isEmpty)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `an expectation of HTTP/1.0 is passed over, and an unknown one refused`(transport: TestTransport) async throws
    {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send(
                "POST /echo HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nHi")
            let response = try await connection.receiveResponse()
            #expect(response.text == "Hi" && response.interim.isEmpty)
            try await connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: coffee\r\nContent-Length: 2\r\n\r\n")
            let refused = try await connection.receiveResponse()
            #expect(refused.status == .expectationFailed)
        }
    }

    // MARK: Reading

    @Test(arguments: TestTransport.wires)
    func `content is relayed while it comes`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send(
                "POST /relay HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
            let first = try await connection.receive(through: "one\r\n")
            #expect(first.hasSuffix("\r\n\r\n3\r\none\r\n"))
            try await connection.send("3\r\ntwo\r\n")
            let second = try await connection.receive(through: "two\r\n")
            #expect(second == "3\r\ntwo\r\n")
            try await connection.send("0\r\n\r\n" + Self.next)
            let last = try await connection.receive(through: "0\r\n\r\n")
            #expect(last == "0\r\n\r\n")
            let response = try await connection.receiveResponse()
            #expect(response.text == "Hello")
        }
    }

    /// RFC 9110 §6.5.1: trailers may not change what was decided by the header.
    @Test(arguments: TestTransport.wires)
    func `trailers do no harm`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send(
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n"
                    + "Content-Length: 9\r\nTransfer-Encoding: gzip\r\nHost: y\r\nAuthorization: z\r\nX: y\r\n\r\n"
                    + Self.next)
            let response = try await connection.receiveResponse()
            #expect(response.text == "ab")
            let next = try await connection.receiveResponse()
            #expect(next.text == "Hello")
        }
    }

    @Test(arguments: TestTransport.wires, [1, 65_536, 1_000_000])
    func `content of any size comes whole`(transport: TestTransport, size: Int) async throws {
        try await WireServer.connect(over: transport) { connection in
            let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
            try await connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n")
            try await connection.send(content)
            let response = try await connection.receiveResponse()
            #expect(response.octets == content)
        }
    }

    // MARK: Leaving unread

    @Test(arguments: TestTransport.wires)
    func `content that nobody reads is dropped, and the next request found`(transport: TestTransport) async throws {
        let framed = [
            "Content-Length: 1000\r\n\r\n" + String(repeating: "x", count: 1_000),
            "Transfer-Encoding: chunked\r\n\r\n3E8\r\n" + String(repeating: "x", count: 1_000) + "\r\n0\r\n\r\n",
            "Content-Length: 65536\r\n\r\n" + String(repeating: "x", count: 65_536),
        ]
        for path in ["/ignore", "/nowhere", "/hello"] {
            for content in framed {
                try await WireServer.connect(over: transport) { connection in
                    try await connection.send("POST \(path) HTTP/1.1\r\nHost: x\r\n" + content + Self.next)
                    let first = try await connection.receiveResponse()
                    #expect(
                        first.status == (path == "/ignore" ? .ok : path == "/hello" ? .methodNotAllowed : .notFound))
                    let next = try await connection.receiveResponse()
                    #expect(next.text == "Hello")
                }
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `content that is too much to drop closes the connection, and the answer arrives`(
        transport: TestTransport
    ) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send("POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n")
            try await connection.send([UInt8](repeating: 0x78, count: 30_000))
            let response = try await connection.receiveResponse()
            #expect(response.text == "ignored" && response.headers[.connection] == "close")
            await connection.closeSending()
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `chunks without end are not dropped for ever`(transport: TestTransport) async throws {
        try await WireServer.make().test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("POST /ignore HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.text == "ignored")
                let chunk = "4000\r\n" + String(repeating: "x", count: 16_384) + "\r\n"
                // With more than 64 KiB the server gives up; sending to it fails sooner or later.
                await #expect(throws: TestClientError.self) {
                    for _ in 0..<100_000 { try await connection.send(chunk) }
                }
            }
        }
    }

    // MARK: Limits and ends

    @Test(arguments: TestTransport.wires)
    func `too much content is answered 413, and the connection closed`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send("POST /ten HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n0123")
            let response = try await connection.receiveResponse()
            #expect(response.status == .contentTooLarge && response.headers[.connection] == "close")
            #expect(try response.json["detail"]?.string?.contains("10 octets") == true)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `content that breaks off is told to the handler, not taken for whole`(transport: TestTransport) async throws {
        for content in ["Content-Length: 10\r\n\r\n0123", "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n"] {
            let log = CollectedLog()
            try await WireServer.make(log).test(over: transport) { client in
                try await client.connect { connection in
                    try await connection.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + content)
                    await connection.closeSending()
                    let response = try await connection.receiveResponse()
                    #expect(response.status == .badRequest && response.headers[.connection] == "close")
                }
            }
            #expect(log.problems.map(\.fields["status"]) == [.integer(400)])
        }
    }

    static let faults: [(String, status: Int)] = [
        ("Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n0x1\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n1\nabc\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n1;" + String(repeating: "x", count: 9_000) + "\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + String(repeating: "x", count: 9_000) + "\r\n\r\n", 431),
    ]

    /// RFC 9112 §7.1; the request after such content cannot be found.
    @Test(arguments: TestTransport.wires, faults)
    func `malformed chunks are refused, and the connection closed`(
        transport: TestTransport, fault: (content: String, status: Int)
    ) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + fault.content + Self.next)
            let response = try await connection.receiveResponse()
            #expect(response.status.code == fault.status && response.headers[.connection] == "close")
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }
}

import Apus
import ApusTesting
import Testing

/// Responses that are made while they are sent.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct StreamTests {
    @Test(arguments: TestTransport.wires)
    func `goes out in chunks, and the connection stays`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            for _ in 0..<2 {
                try await connection.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.text == "one two three" && response.headers[.transferEncoding] == "chunked")
                #expect(response.headers[.contentLength] == nil && response.headers[.connection] == nil)
            }
        }
    }

    /// RFC 9112 §6.1: no chunks for HTTP/1.0.
    @Test(arguments: TestTransport.wires)
    func `goes out until the end of the connection for HTTP/1.0`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let response = try await connection.receiveResponse()
            #expect(response.text == "one two three" && response.headers[.transferEncoding] == nil)
            #expect(response.headers[.contentLength] == nil && response.headers[.connection] == "close")
        }
    }

    @Test(arguments: TestTransport.wires)
    func `each piece leaves as it is written`(transport: TestTransport) async throws {
        let (first, second) = (Gate(), Gate())
        let server = Server.logging {
            Get("/") { _ in
                Response { writer in
                    try await writer.write("one")
                    await first.wait()
                    try await writer.write("two")
                    await second.wait()
                }
            }
        }
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                let head = try await connection.receive(through: "one\r\n")
                #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n") && head.hasSuffix("\r\n\r\n3\r\none\r\n"))
                first.open()
                let piece = try await connection.receive(through: "two\r\n")
                #expect(piece == "3\r\ntwo\r\n")
                second.open()
                let end = try await connection.receive(through: "\r\n\r\n")
                #expect(end == "0\r\n\r\n")
            }
        }
    }

    /// A client must not take what it got for all there was.
    @Test(arguments: TestTransport.wires, ["1.1", "1.0"])
    func `is cut off when its producer fails, and the error is logged`(
        transport: TestTransport, version: String
    ) async throws {
        let log = CollectedLog()
        try await WireServer.make(log).test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("GET /broken HTTP/\(version)\r\nHost: x\r\n\r\n")
                await #expect(throws: TestClientError.self) { try await connection.receiveResponse() }
            }
            #expect(log.problems.map(\.fields["status"]) == [.integer(409)])
        }
    }

    /// A client that takes nothing holds its handler back, and is given up in the end.
    @Test(arguments: TestTransport.wires)
    func `a slow client suspends the producer`(transport: TestTransport) async throws {
        let written = Shared(0)
        let ended = Gate()
        var server = Server.logging {
            Get("/") { _ in
                Response { writer in
                    defer { ended.open() }
                    let chunk = [UInt8](repeating: 7, count: 65_536)
                    for _ in 0..<16_384 {
                        try await writer.write(chunk)
                        written.change { $0 += chunk.count }
                    }
                }
            }
        }
        server.limits.writeStall = .milliseconds(50)
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                await ended.wait()
                // What the kernel buffers on both sides, and one limit's worth of the server's own: of 1 GiB.
                #expect(1...64_000_000 ~= written.value)
                await #expect(throws: TestClientError.self) { try await connection.receiveResponse() }
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a client that takes its time gets everything`(transport: TestTransport) async throws {
        let server = Server.logging {
            Get("/") { _ in
                Response { writer in
                    for number in 0..<500 {
                        try await writer.write([UInt8](repeating: UInt8(number % 251), count: 20_000))
                    }
                }
            }
        }
        try await server.test(over: transport) { client in
            let response = try await client.get("/")
            #expect(response.octets.count == 10_000_000)
            let isRight = (0..<500).allSatisfy { response.octets[$0 * 20_000 + 19_999] == UInt8($0 % 251) }
            #expect(isRight)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a writer is of no use when its response is over`(transport: TestTransport) async throws {
        let kept = Shared<ResponseWriter?>(nil)
        let server = Server.logging {
            Get("/keep") { _ in
                Response { writer in
                    kept.change { $0 = writer }
                    try await writer.write("kept")
                }
            }
            Get("/use") { _ in
                do {
                    try await kept.value?.write("HTTP/1.1 200 OK\r\n\r\n")
                    return "written"
                } catch {
                    return "refused"
                }
            }
        }
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("GET /keep HTTP/1.1\r\nHost: x\r\n\r\nGET /use HTTP/1.1\r\nHost: x\r\n\r\n")
                let responses = [try await connection.receiveResponse(), try await connection.receiveResponse()]
                #expect(responses.map(\.text) == ["kept", "refused"])
            }
        }
    }
}

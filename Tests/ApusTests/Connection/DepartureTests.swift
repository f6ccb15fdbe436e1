import Apus
import ApusTesting
import Testing

/// A client that has gone without a reset, as one does whose process has ended, takes its handler with it; one that only ends its
/// sending gets its answer.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct DepartureTests {
    private static let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    /// A server whose handler waits for an hour, and what it notices.
    private static func sleeper(_ arrived: Gate, _ cancelled: Gate) -> Server {
        Server.logging {
            Route(path: "/") { request in
                for try await _ in request.body {}
                arrived.open()
                do {
                    try await Task.sleep(for: .seconds(3_600))
                } catch is CancellationError {
                    cancelled.open()
                }
                return "too late"
            }
        }
    }

    @Test(
        arguments: TestTransport.wires,
        [
            request, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi",
            // Octets that nobody reads lie between the request and the end.
            request + request,
        ])
    func `a client that has closed its socket cancels the handler`(transport: TestTransport, octets: String)
        async throws
    {
        let (arrived, cancelled) = (Gate(), Gate())
        try await Self.sleeper(arrived, cancelled).test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send(octets)
                await arrived.wait()
                await connection.close()
                await cancelled.wait()
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `so does one that has closed it before the handler began`(transport: TestTransport) async throws {
        let (arrived, cancelled) = (Gate(), Gate())
        try await Self.sleeper(arrived, cancelled).test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send(Self.request)
                await connection.close()
                await cancelled.wait()
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a stream that has nothing to send ends`(transport: TestTransport) async throws {
        let ended = Gate()
        let server = Server.logging {
            Get("/") { _ in
                Response { writer in
                    defer { ended.open() }
                    try await writer.write("one")
                    try await Task.sleep(for: .seconds(3_600))
                }
            }
        }
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send(Self.request)
                _ = try await connection.receive(through: "one\r\n")
                await connection.close()
                await ended.wait()
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a client that ends its sending is asked, and gets its answers`(transport: TestTransport) async throws {
        let server = Server.logging {
            Get("/") { _ in
                try await Task.sleep(for: .milliseconds(150))
                return "late"
            }
        }
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send(Self.request + Self.request)
                await connection.closeSending()
                for _ in 0..<2 {
                    let response = try await connection.receiveResponse()
                    #expect(response.interim == [.continue] && response.text == "late")
                }
                let rest = try await connection.receiveToEnd()
                #expect(rest.isEmpty)
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a stream to it stays whole`(transport: TestTransport) async throws {
        let ended = Gate()
        let server = Server.logging {
            Get("/") { _ in
                Response(contentType: .text) { writer in
                    try await writer.write("one ")
                    await ended.wait()
                    try await Task.sleep(for: .milliseconds(150))
                    try await writer.write("two")
                }
            }
        }
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send(Self.request)
                let head = try await connection.receive(through: "one \r\n")
                await connection.closeSending()
                ended.open()
                let rest = String(decoding: try await connection.receiveToEnd(), as: UTF8.self)
                // RFC 9112 §7.1: 03 is three, and 0 the end.
                #expect(head.contains("chunked") && rest == "03\r\ntwo\r\n0\r\n\r\n")
            }
        }
    }

    @Test func `a client that is answered at once is not asked, nor is one of HTTP/1.0`() async throws {
        let server = Server.logging {
            Get("/") { _ in "at once" }
            Get("/late") { _ in
                try await Task.sleep(for: .milliseconds(150))
                return "late"
            }
        }
        try await server.test(over: .socket) { client in
            for (request, text) in [(Self.request, "at once"), ("GET /late HTTP/1.0\r\n\r\n", "late")] {
                try await client.connect { connection in
                    try await connection.send(request)
                    await connection.closeSending()
                    let response = try await connection.receiveResponse()
                    #expect(response.interim.isEmpty && response.text == text)
                }
            }
        }
    }
}

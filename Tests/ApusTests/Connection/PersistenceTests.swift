import Apus
import ApusTesting
import Testing

/// Whether a connection stays open, and what it answers in which order (RFC 9112 §9.3).
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct PersistenceTests {
    @Test(arguments: TestTransport.wires)
    func `answers one request after the other on one connection`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            for number in 0..<20 {
                try await connection.send("GET /number/\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.text == "\(number)" && response.headers[.connection] == nil)
                #expect(response.headers[.date] != nil)
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `answers requests that come together in their order`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            let requests = (0..<16).map { number in
                switch number % 4 {
                case 1: "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n\(number + 10)"
                case 2: "HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n"
                case 3:
                    "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n\(number + 10)\r\n0\r\n\r\n"
                default: "GET /number/\(number) HTTP/1.1\r\nHost: x\r\n\r\n"
                }
            }
            try await connection.send(requests.joined())
            for number in 0..<16 {
                let response = try await connection.receiveResponse(to: number % 4 == 2 ? .head : .get)
                let expected = ["\(number)", "\(number + 10)", "", "\(number + 10)"][number % 4]
                #expect(response.status == .ok && response.text == expected)
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `takes a request octet by octet`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            let request =
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1;x=y\r\nd\r\n0\r\nT: t\r\n\r\n"
            for octet in request.utf8 { try await connection.send([octet]) }
            let response = try await connection.receiveResponse()
            #expect(response.text == "abcd")
            try await connection.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            let next = try await connection.receiveResponse()
            #expect(next.text == "Hello")
        }
    }

    @Test(arguments: TestTransport.wires)
    func `closes when the client asks for it`(transport: TestTransport) async throws {
        for value in ["close", "Close", "keep-alive, close", "x, close"] {
            try await WireServer.connect(over: transport) { connection in
                try await connection.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: \(value)\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.text == "Hello" && response.headers[.connection] == "close")
                let rest = try await connection.receiveToEnd()
                #expect(rest.isEmpty)
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `closes when the handler asks for it`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            let request = "GET /last HTTP/1.1\r\nHost: x\r\n\r\n"
            try await connection.send(request + request)
            let response = try await connection.receiveResponse()
            #expect(response.text == "last" && response.headers[.connection] == "close")
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    /// RFC 9112 §9.3: HTTP/1.0 closes unless both sides ask otherwise; the status line says 1.1 all the same (RFC 9110 §2.5).
    @Test(arguments: TestTransport.wires)
    func `closes after HTTP/1.0, unless keep-alive was asked for`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let kept = try await connection.receiveResponse()
            #expect(kept.text == "Hello" && kept.headers[.connection]?.lowercased() == "keep-alive")
            try await connection.send("GET /hello HTTP/1.0\r\n\r\n")
            let last = try await connection.receiveResponse()
            #expect(last.text == "Hello" && last.headers[.connection] == "close")
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `HEAD has the head of GET and no content`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            for path in ["/hello", "/stream", "/none", "/error", "/nowhere"] {
                try await connection.send("HEAD \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                let head = try await connection.receiveResponse(to: .head)
                try await connection.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                // Content behind the head of the response to HEAD would be no response here.
                let get = try await connection.receiveResponse()
                #expect(head.status == get.status)
                for name: HTTP.FieldName in [.contentType, .contentLength, .transferEncoding] {
                    #expect(head.headers[name] == get.headers[name])
                }
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a client that has ended its sending still gets its answers`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            let request = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
            try await connection.send(request + request)
            await connection.closeSending()
            for _ in 0..<2 {
                let response = try await connection.receiveResponse()
                #expect(response.text == "Hello")
            }
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a client that comes and goes without a word is no error`(transport: TestTransport) async throws {
        let log = CollectedLog()
        try await WireServer.make(log).test(over: transport) { client in
            try await client.connect { connection in
                await connection.closeSending()
                let rest = try await connection.receiveToEnd()
                #expect(rest.isEmpty)
            }
            try await client.connect { connection in await connection.reset() }
            let response = try await client.get("/hello")
            #expect(response.text == "Hello" && log.problems.isEmpty)
        }
    }

    /// RFC 9112 §2.2: an empty line before a request is passed over.
    @Test(arguments: TestTransport.wires)
    func `an empty line before a request does no harm`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            try await connection.send("\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            let response = try await connection.receiveResponse()
            #expect(response.text == "Hello")
        }
    }
}

import Apus
import ApusTesting
import Testing

/// What no client should send is answered with the status that it deserves, and then the connection is closed (RFC 9112 §2.2):
/// nobody knows where the next request would begin.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct MalformedRequestTests {
    static let requests: [(name: String, octets: String, status: Int)] = [
        (
            "both lengths", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
            400
        ),
        ("two lengths", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
        ("a list of lengths", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc", 400),
        ("a signed length", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", 400),
        ("a negative length", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        ("a hexadecimal length", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0x3\r\n\r\nabc", 400),
        (
            "a length beyond 64 bits", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551616\r\n\r\n",
            400
        ),
        (
            "chunked twice", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
            400
        ),
        (
            "chunked not last", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
            400
        ),
        (
            "an unknown coding", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            501
        ),
        ("a coding in HTTP/1.0", "POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("no host", "GET /hello HTTP/1.1\r\n\r\n", 400),
        ("two hosts", "GET /hello HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400),
        ("a host that is none", "GET /hello HTTP/1.1\r\nHost: x/y\r\n\r\n", 400),
        ("a folded line", "GET /hello HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n", 400),
        ("space before the colon", "GET /hello HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        ("an empty name", "GET /hello HTTP/1.1\r\nHost: x\r\n: a\r\n\r\n", 400),
        ("a control in a value", "GET /hello HTTP/1.1\r\nHost: x\r\nX: a\u{1}b\r\n\r\n", 400),
        ("a NUL in a value", "GET /hello HTTP/1.1\r\nHost: x\r\nX: a\u{0}b\r\n\r\n", 400),
        ("a bare CR", "GET /hello HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n", 400),
        ("a bare LF", "GET /hello HTTP/1.1\nHost: x\r\n\r\n", 400),
        ("two empty lines", "\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("a method that is no token", "G@T /hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("two spaces", "GET  /hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("a fragment", "GET /hello#x HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("no version", "GET /hello\r\nHost: x\r\n\r\n", 400),
        ("HTTP/2.0", "GET /hello HTTP/2.0\r\nHost: x\r\n\r\n", 505),
        ("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        ("a lower-case version", "GET /hello http/1.1\r\nHost: x\r\n\r\n", 400),
        ("a long request line", "GET /" + String(repeating: "a", count: 8_200) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (
            "a large field",
            "GET /hello HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 33_000) + "\r\n\r\n", 431
        ),
        (
            "many fields",
            "GET /hello HTTP/1.1\r\nHost: x\r\n" + String(repeating: "X: y\r\n", count: 101) + "\r\n", 431
        ),
        ("CONNECT with a path", "CONNECT /hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ]

    @Test(arguments: TestTransport.wires, requests.indices)
    func `is refused, and the connection closed`(transport: TestTransport, row: Int) async throws {
        let (name, octets, status) = Self.requests[row]
        let log = CollectedLog()
        try await WireServer.connect(over: transport, log) { connection in
            // What is smuggled behind it must not be answered.
            try await connection.send(octets + "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            let response = try await connection.receiveResponse()
            #expect(response.status.code == status, "\(name)")
            #expect(response.headers[.connection] == "close", "\(name)")
            #expect(response.headers[.contentType] == "application/problem+json")
            let id = try response.json["id"]?.string
            #expect(log.problems.map(\.fields["id"]) == [.string(id ?? "")])
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty, "\(name)")
        }
    }

    @Test(arguments: TestTransport.wires)
    func `is refused behind requests that are answered`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            let good = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
            try await connection.send(good + good + "GET /hello HTTP/1.1\r\n\r\n" + good)
            let responses = [
                try await connection.receiveResponse(), try await connection.receiveResponse(),
                try await connection.receiveResponse(),
            ]
            #expect(responses.map(\.status.code) == [200, 200, 400])
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test func `TLS spoken to a port without it is refused`() async throws {
        try await WireServer.connect(over: .socket) { connection in
            // RFC 8446 §5.1: the first octets of a record with a ClientHello.
            try await connection.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03])
            let response = try await connection.receiveResponse()
            #expect(response.status == .badRequest)
        }
    }

    /// Strangers can send such things without end, and a disk has one.
    @Test func `what is no request, or was cut off, is told to those only who look closely`() async throws {
        let log = CollectedLog()
        let messages = [
            "nonsense\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx",
            "GET /error HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        ]
        for message in messages {
            try await WireServer.connect(over: .socket, log) { connection in
                try await connection.send(message)
                await connection.closeSending()
                _ = try await connection.receiveToEnd()
            }
        }
        let levels = log.problems.map(\.level)
        #expect(levels == [.debug, .debug, .debug, .debug, .info])
    }
}

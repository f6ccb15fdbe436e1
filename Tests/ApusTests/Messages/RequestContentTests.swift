import Apus
import ApusTesting
import Testing

/// Handlers that take the content of the request as their second parameter.
@Suite(.timeLimit(.minutes(1))) struct RequestContentTests {
    struct Order: Codable, RequestContent, ResponseConvertible {
        let item: String
        let count: Int
    }

    private static let basic = BasicAuthentication("Basic", realm: "r", allowInsecureHTTP: true) { login in
        login.matches(username: "admin", password: "password")
    }

    /// Each route with a handler that waits for nothing, and with one that may wait.
    private static let server = Server.logging(CollectedLog()) {
        Post("/octets") { _, content in Response(octets: content) }
        Post("/waiting/octets") { _, content in
            await Task.yield()
            return Response(octets: content)
        }
        Group("") {
            Put("/text") { (_, text: String) in text.uppercased() }
            Put("/waiting/text") { (_, text: String) in
                await Task.yield()
                return text.uppercased()
            }
            Patch("/order") { (_, order: Order) in Order(item: order.item, count: order.count + 1) }
            Patch("/waiting/order") { (_, order: Order) in
                await Task.yield()
                return Order(item: order.item, count: order.count + 1)
            }
        }
        .contentLimit(40)
        Route(.post, path: "/mine") { (request, text: String) in "\(request.user.name): \(text)" }
            .authenticated(by: basic)
        Route(.post, path: "/waiting/mine") { (request, text: String) in
            await Task.yield()
            return "\(request.user.name): \(text)"
        }
        .authenticated(by: basic)
    }

    static let rows: [(method: HTTP.Method, path: String, content: TestContent, status: Int, answer: String)] = [
        (.post, "/octets", "a\u{0}b", 200, "a\u{0}b"),
        (.post, "/octets", "", 200, ""),
        (.post, "/octets", .chunked([Array("ab".utf8), Array("c".utf8)]), 200, "abc"),
        (.put, "/text", "grün", 200, "GRÜN"),
        (.put, "/text", .octets([0x67, 0xFC]), 400, "not valid UTF-8"),
        (.put, "/text", .octets([UInt8](repeating: 0x61, count: 40)), 200, String(repeating: "A", count: 40)),
        (.put, "/text", .octets([UInt8](repeating: 0x61, count: 41)), 413, "limit of 40 octets"),
        (.put, "/text", .chunked([[UInt8](repeating: 0x61, count: 41)]), 413, "limit of 40 octets"),
        (.patch, "/order", #"{"item":"lamp","count":1}"#, 200, #"{"count":2,"item":"lamp"}"#),
        (.patch, "/order", #"{"item":"lamp","count":"1"}"#, 400, "at 'count': expected Int"),
        (.patch, "/order", #"{"item":"lamp"}"#, 400, "the member 'count' is missing"),
        (.patch, "/order", "", 400, "malformed"),
    ]

    @Test(arguments: TestTransport.all, ["", "/waiting"])
    func `content is read before the handler is called, or refused`(transport: TestTransport, kind: String) async throws
    {
        try await Self.server.test(over: transport) { client in
            for row in Self.rows {
                let response = try await client.send(row.method, kind + row.path, body: row.content)
                #expect(response.status.code == row.status, "\(row)")
                if row.status == 200 {
                    #expect(response.text == row.answer)
                } else {
                    #expect(try response.json["detail"]?.string?.contains(row.answer) == true, "\(response.text)")
                }
            }
        }
    }

    @Test(arguments: TestTransport.wires, ["", "/waiting"])
    func `content that comes later is waited for`(transport: TestTransport, kind: String) async throws {
        try await Self.server.test(over: transport) { client in
            try await client.connect { connection in
                for framing in ["Content-Length: 5", "Transfer-Encoding: chunked"] {
                    try await connection.send(
                        "POST \(kind)/octets HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\(framing)\r\n\r\n")
                    let interim = try await connection.receive(through: "\r\n\r\n")
                    #expect(interim == "HTTP/1.1 100 Continue\r\n\r\n")
                    try await connection.send(framing.hasPrefix("C") ? "Hello" : "5\r\nHello\r\n0\r\n\r\n")
                    let response = try await connection.receiveResponse()
                    #expect(response.text == "Hello")
                }
            }
        }
    }

    /// RFC 9110 §10.1.1: a final status in place of 100 spares the client its content.
    @Test(arguments: TestTransport.wires, ["", "/waiting"])
    func `nobody is asked for content that is not let in`(transport: TestTransport, kind: String) async throws {
        try await Self.server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send(
                    "POST \(kind)/mine HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.status == .unauthorized && response.interim.isEmpty)
            }
            for (headers, status) in [([:], 401), (["Authorization": "Basic YWRtaW46cGFzc3dvcmQ="], 200)]
                as [(KeyValuePairs<String, String>, Int)]
            {
                let response = try await client.post("\(kind)/mine", headers: headers, body: "Hello")
                #expect(response.status.code == status)
                if status == 200 { #expect(response.text == "admin: Hello") }
            }
        }
    }
}

import Apus
import ApusTesting
import Testing

/// The connections of a loop are read with the same decoder as long as their messages come whole.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct UnfinishedMessageTests {
    /// A message in two halves, by which cut it is told.
    private struct Cut: Sendable {
        let first: String
        let second: String
        let answer: String
    }

    private static func cuts(_ number: Int) -> [Cut] {
        let content = "content-of-\(number)"
        let head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(content.utf8.count)\r\n\r\n"
        let size = String(content.utf8.count, radix: 16)
        return [
            Cut(first: "GET /num", second: "ber/\(number) HTTP/1.1\r\nHost: x\r\n\r\n", answer: "\(number)"),
            Cut(first: "GET /number/\(number) HTTP/1.1\r\nHo", second: "st: x\r\n\r\n", answer: "\(number)"),
            Cut(first: "\r", second: "\nGET /number/\(number) HTTP/1.1\r\nHost: x\r\n\r\n", answer: "\(number)"),
            Cut(first: "\r\n", second: "GET /number/\(number) HTTP/1.1\r\nHost: x\r\n\r\n", answer: "\(number)"),
            Cut(first: head, second: content, answer: content),
            Cut(first: head + content.prefix(5), second: String(content.dropFirst(5)), answer: content),
            Cut(
                first: "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r",
                second: "\n\(content)\r\n0\r\n\r\n", answer: content),
        ]
    }

    @Test func `what clients have not finished is not mixed up`() async throws {
        try await WireServer.make().test(over: .socket) { client in
            try await client.connect { whole in
                func askWhole(_ number: Int) async throws {
                    try await whole.send("GET /number/\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try await whole.receiveResponse()
                    #expect(response.text == "\(number)")
                }
                for (index, cut) in Self.cuts(1_000).enumerated() {
                    let other = Self.cuts(2_000)[(index + 3) % 7]
                    try await client.connect { first in
                        try await client.connect { second in
                            try await client.connect { third in
                                let clients = [(first, cut), (second, other), (third, cut)]
                                for (connection, cut) in clients {
                                    try await connection.send(cut.first)
                                    try await askWhole(index)
                                }
                                for (connection, cut) in clients {
                                    try await connection.send(cut.second)
                                    let response = try await connection.receiveResponse()
                                    #expect(response.status == .ok && response.text == cut.answer)
                                    try await askWhole(index)
                                    // What it asks next comes whole.
                                    try await connection.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                                    let next = try await connection.receiveResponse()
                                    #expect(next.text == "Hello")
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// RFC 9112 §11.2: octets after what is no request are not looked at.
    @Test func `what one client has sent wrongly is not another's fault`() async throws {
        try await WireServer.make().test(over: .socket) { client in
            for _ in 0..<8 {
                try await client.connect { good in
                    try await client.connect { bad in
                        try await bad.send("GET /hello HTTP/1.1\nHost: x\r\n\r\n")
                        let refusal = try await bad.receiveResponse()
                        #expect(refusal.status == .badRequest)
                    }
                    try await good.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try await good.receiveResponse()
                    #expect(response.text == "Hello")
                }
            }
        }
    }
}

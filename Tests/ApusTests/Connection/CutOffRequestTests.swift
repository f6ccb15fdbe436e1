import Apus
import ApusTesting
import Testing

/// A client that ends in the middle of a request: RFC 9112 §8 has it handled as incomplete, wherever the end is.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct CutOffRequestTests {
    static let requests = [
        "POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nHello",
        "POST /take HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\nX: y\r\n\r\n",
    ]

    @Test(arguments: requests) func `it is not carried out`(request: String) async throws {
        let taken = Shared<[[UInt8]]>([])
        let server = Server.logging {
            Post("/take") { request in
                let content = try await request.body.collect()
                taken.change { $0.append(content) }
                return "taken"
            }
        }
        try await server.test(over: .socket) { client in
            for length in 1..<request.utf8.count {
                try await client.connect { connection in
                    try await connection.send(Array(request.utf8.prefix(length)))
                    await connection.closeSending()
                    let answer = String(decoding: try await connection.receiveToEnd(), as: UTF8.self)
                    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "), "cut at \(length)")
                }
            }
            #expect(taken.value.isEmpty)
            try await client.connect { connection in
                try await connection.send(request)
                let response = try await connection.receiveResponse()
                #expect(response.text == "taken")
            }
            #expect(taken.value == [Array("Hello".utf8)])
        }
    }
}

import ApusTesting
import Testing

@testable import Apus

/// A client that drips its content is not waited for without end.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct ContentRateTests {
    private static let second: UInt64 = 1_000_000_000

    /// SECURITY, part B: 240 octets a second after a grace of 5 s.
    @Test(arguments: [(0, 0, 5.0), (240, 0, 6), (240, 6, 0), (239, 6, 0), (2_400, 14, 1), (0, 4, 1), (1, 5, 1.0 / 240)])
    func `what was sent buys time at the rate that is demanded`(octets: Int, waited: UInt64, left: Double) {
        var pace = ContentPace()
        pace.received(octets)
        pace.waited(waited * Self.second)
        let patience = pace.patience(rate: 240, grace: 5 * Self.second)
        #expect(abs(Double(patience) / 1e9 - left) < 1e-8)
    }

    @Test func `a rate of nothing demands nothing, and no number overflows`() {
        var pace = ContentPace()
        pace.waited(.max)
        #expect(pace.patience(rate: 0, grace: 0) == .max)
        pace.received(.max)
        #expect(pace.patience(rate: 1, grace: 0) == .max)
    }

    /// Each octet comes well within `contentPause`, all of them far too slowly.
    @Test(
        arguments: TestTransport.wires, ["Content-Length: 1000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3E8\r\n"])
    func `content that drips is answered 408`(transport: TestTransport, framing: String) async throws {
        var limits = Limits()
        limits.contentRateGrace = .milliseconds(200)
        try await WireServer.connect(over: transport, limits: limits) { connection in
            try await connection.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + framing)
            await connection.limitWaiting(to: .milliseconds(10))
            let start = ContinuousClock.now
            while start.duration(to: .now) < .seconds(20) {
                if let response = try? await connection.receiveResponse() {
                    #expect(response.status == .requestTimeout && response.headers[.connection] == "close")
                    return
                }
                try? await connection.send("x")
            }
            Issue.record("the content had 200 ms and a little, and took more than 20 s")
        }
    }

    @Test func `framing without content is no content`() async throws {
        var limits = Limits()
        limits.contentRateGrace = .milliseconds(200)
        try await WireServer.connect(over: .socket, limits: limits) { connection in
            try await connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;a=")
            await connection.limitWaiting(to: .milliseconds(10))
            let start = ContinuousClock.now
            while start.duration(to: .now) < .seconds(20) {
                if let response = try? await connection.receiveResponse() {
                    #expect(response.status == .requestTimeout)
                    return
                }
                try? await connection.send("b")
            }
            Issue.record("the content had 200 ms, and took more than 20 s")
        }
    }

    @Test func `a handler that takes its time does not make its client slow`() async throws {
        var server = WireServer.make()
        server.limits.contentRateGrace = .milliseconds(100)
        server.routes = Routes {
            Post("/slow") { request in
                var count = 0
                for try await chunk in request.body {
                    count += chunk.count
                    try await Task.sleep(for: .milliseconds(200))
                }
                return "\(count)"
            }
        }
        try await server.test(over: .socket) { client in
            let response = try await client.post(
                "/slow", body: TestContent.octets([UInt8](repeating: 1, count: 200_000)))
            #expect(response.text == "200000")
        }
    }
}

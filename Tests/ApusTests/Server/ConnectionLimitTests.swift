import ApusTesting
import ApusTransport
import Testing

@testable import Apus

/// As many connections as the limits allow, and not one more.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct ConnectionLimitTests {
    private static let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `a connection beyond the limit waits until another ends`() async throws {
        let (log, served) = (CollectedLog(), Shared(0))
        var server = Server.logging(log) {
            Get("/") { _ in
                served.change { $0 += 1 }
                return "served"
            }
        }
        server.limits.connections = 2
        try await server.test(over: .socket) { client in
            try await client.connect { first in
                try await first.send(Self.request)
                _ = try await first.receiveResponse()
                try await client.connect { second in
                    try await second.send(Self.request)
                    _ = try await second.receiveResponse()
                    try await client.connect { waiting in
                        try await waiting.send(Self.request)
                        while !log.text.contains("as many connections as its limits allow") { await Task.yield() }
                        #expect(served.value == 2)
                        await second.close()
                        let response = try await waiting.receiveResponse()
                        #expect(response.text == "served" && served.value == 3)
                    }
                }
            }
        }
    }

    @Test func `connections that wait for a place do not hold up the end`() async throws {
        let log = CollectedLog()
        var server = Server.logging(log) { Get("/") { _ in "served" } }
        server.limits.connections = 1
        try await server.test(over: .socket) { client in
            try await client.connect { first in
                try await first.send(Self.request)
                _ = try await first.receiveResponse()
                try await client.connect { _ in
                    while !log.text.contains("as many connections as its limits allow") { await Task.yield() }
                }
                await first.close()
            }
        }
    }

    @Test func `one address has as many connections as it may, and no more`() async throws {
        let log = CollectedLog()
        var server = Server.logging(log) { Get("/") { _ in "served" } }
        server.limits.connectionsPerAddress = 2
        try await server.test(over: .socket) { client in
            try await client.connect { first in
                try await client.connect { second in
                    for connection in [first, second] {
                        try await connection.send(Self.request)
                        let response = try await connection.receiveResponse()
                        #expect(response.text == "served")
                    }
                    // The reset may come while the client still connects.
                    await #expect(throws: (any Error).self) {
                        try await client.connect { third in
                            try await third.send(Self.request)
                            _ = try await third.receiveResponse()
                        }
                    }
                    #expect(log.text.contains("as many connections as the limits allow to one address"))
                }
            }
            for _ in 0..<10 {
                let response = try await client.get("/")
                #expect(response.text == "served")
            }
        }
    }

    /// RFC 4291 §2.5.5.2, and a customer's network of 64 bits.
    @Test func `clients are told apart by their networks`() throws {
        let count = AddressCount(limit: 1)
        let addresses = ["192.0.2.1", "192.0.2.2", "2001:db8:0:1::1", "2001:db8:0:2::1"]
        for host in addresses { #expect(count.enter(try #require(SocketAddress(host: host, port: 1)))) }
        for host in ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8:0:1:ffff::2"] {
            #expect(!count.enter(try #require(SocketAddress(host: host, port: 2))))
        }
        count.leave(try #require(SocketAddress(host: "2001:db8:0:1::9", port: 3)))
        #expect(count.enter(try #require(SocketAddress(host: "2001:db8:0:1:ffff::2", port: 2))))
        for _ in 0..<3 { #expect(count.enter(.unix(path: ""))) }
        // The same 64 bits as 192.0.2.2, with zeros before.
        #expect(count.enter(try #require(SocketAddress(host: "0:0:c000:202::1", port: 1))))
    }

    @Test func `a connection brings as many requests as it may`() async throws {
        var server = Server.logging { Get("/") { _ in "served" } }
        server.limits.requestsPerConnection = 3
        try await server.test(over: .socket) { client in
            try await client.connect { connection in
                for left in [2, 1, 0] {
                    try await connection.send(Self.request)
                    let response = try await connection.receiveResponse()
                    #expect(response.text == "served" && (response.headers[.connection] == "close") == (left == 0))
                }
                let rest = try await connection.receiveToEnd()
                #expect(rest.isEmpty)
            }
        }
    }

    @Test func `places are given back by every connection`() async throws {
        var server = Server.logging { Get("/") { _ in "served" } }
        server.limits.connections = 3
        try await server.test(over: .socket) { client in
            for _ in 0..<20 {
                let response = try await client.get("/")
                #expect(response.text == "served")
            }
        }
    }
}

import Apus
import ApusTesting
import Testing

/// A loop makes the requests of all its connections in the same memory: each is of the connection that brought it all the same.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct InterleavedConnectionsTests {
    /// How a handler deals with its request.
    enum Manner: String, CaseIterable { case answers, waits, keeps, throwing }

    private static func port(of request: Request) -> String { "port \(request.connection.peerPort ?? -1)." }

    @Test(arguments: TestTransport.wires, Manner.allCases)
    func `each request knows the connection that brought it`(transport: TestTransport, manner: Manner) async throws {
        let kept = Shared<[Request]>([])
        let server = Server.logging {
            Get("/answers") { request in Self.port(of: request) }
            Get("/waits") { (request: Request) async -> String in
                await Task.yield()
                return Self.port(of: request)
            }
            Get("/keeps") { request in
                kept.change { $0.append(request) }
                return Self.port(of: request)
            }
            Get("/throwing") { (request: Request) throws -> String in
                throw Problem(.conflict, Self.port(of: request))
            }
        }
        try await server.test(over: transport) { client in
            // One within the other, so that all are open, and take turns.
            try await client.connect { first in
                try await client.connect { second in
                    try await client.connect { third in
                        var ports: [Set<String>] = [[], [], []]
                        for round in 0..<4 {
                            for (index, wire) in [first, second, third].enumerated() {
                                // The last one of a round answers a plain request between those of the other kind.
                                let path = index == 2 && round % 2 == 1 ? Manner.answers : manner
                                try await wire.send("GET /\(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                                let text = try await wire.receiveResponse().text
                                let start = try #require(text.firstRange(of: "port "))
                                ports[index].insert("\(text[start.lowerBound...].prefix { $0 != "." }).")
                            }
                        }
                        #expect(ports.allSatisfy { $0.count == 1 })
                        #expect(ports.reduce(into: Set<String>()) { $0.formUnion($1) }.count == 3)
                        for request in kept.value { #expect(ports.contains([Self.port(of: request)])) }
                        #expect(kept.value.count == (manner == .keeps ? 10 : 0))
                    }
                }
            }
        }
    }
}

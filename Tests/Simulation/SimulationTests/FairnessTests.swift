import Apus
import ApusTesting
import Synchronization
import Testing

@Suite struct FairnessTests {
    private final class Counter: Sendable {
        private let count = Atomic(0)
        var value: Int { count.load(ordering: .relaxed) }
        func increment() { count.add(1, ordering: .relaxed) }
    }

    /// All have a loop to share on which more requests have come than can be answered at once.
    @Test func `one request waits for some of those that others have sent before, not for all`() throws {
        let answered = Counter()
        var server = Server("Crowd") {
            Get("/crowd") { _ in
                answered.increment()
                return Response.Status.noContent
            }
            Get("/") { _ in "here" }
        }
        server.eventLoops = 1
        let (clients, requests) = (150, 300)
        try Simulation(seed: 1) { [server] world in
            try await world.test(server) { client in
                try await withThrowingTaskGroup(of: Void.self) { crowd in
                    for _ in 0..<clients {
                        crowd.addTask {
                            try await client.connect { connection in
                                let request = "GET /crowd HTTP/1.1\r\nHost: x\r\n\r\n"
                                try await connection.send(String(repeating: request, count: requests))
                                for _ in 0..<requests { _ = try await connection.receiveResponse() }
                            }
                        }
                    }
                    while answered.value < 1_000 { try await world.sleep(for: .microseconds(100)) }
                    let before = answered.value
                    let answer = try await client.get("/")
                    #expect(answer.text == "here")
                    #expect(before < clients * requests / 2)
                    #expect(answered.value - before < clients * 64)
                    try await crowd.waitForAll()
                }
            }
        }.run()
    }
}

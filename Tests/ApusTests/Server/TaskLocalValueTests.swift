import Apus
import ApusTesting
import Testing

/// Task-local values are inherited by child tasks (SE-0311), and every task of a server is a descendant of whoever runs it.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct TaskLocalValueTests {
    @TaskLocal private static var name = "nobody"

    @Test(arguments: TestTransport.wires)
    func `a handler sees what stands around the server, whether it waits or not`(transport: TestTransport) async throws
    {
        let server = Server("Test") {
            Get("/at-once") { _ in Self.name }
            Get("/later") { _ in
                await Task.yield()
                return Self.name
            }
        }
        try await Self.$name.withValue("somebody") {
            try await server.test(over: transport) { client in
                for path in ["/at-once", "/later", "/at-once"] {
                    let response = try await client.get(path)
                    #expect(response.text == "somebody")
                }
            }
        }
    }
}

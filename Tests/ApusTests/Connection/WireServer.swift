import Apus
import ApusTesting
import Testing

/// The server whose wire the tests of this folder look at.
enum WireServer {
    static func make(_ log: CollectedLog = CollectedLog(), limits: Limits = Limits()) -> Server {
        var server = Server.logging(log) {
            Get("/hello") { _ in "Hello" }
            Get("/number/{n}") { request in request.parameters["n"] }
            Post("/echo") { request in Response(octets: try await request.body.collect()) }
            Post("/relay") { request in Response(stream: request.body) }
            Post("/ignore") { _ in "ignored" }
            Post("/ten") { request in Response(octets: try await request.body.collect(upTo: 10)) }
            Get("/stream") { _ in
                Response(contentType: .text) { writer in
                    for word in ["one ", "", "two ", "three"] { try await writer.write(word) }
                }
            }
            Get("/broken") { _ in
                Response(contentType: .text) { writer in
                    try await writer.write("one")
                    throw Problem(.conflict)
                }
            }
            Get("/none") { _ in Response.Status.noContent }
            Get("/last") { _ in Response(text: "last").closingConnection() }
            Get("/error") { _ -> String in throw Problem(.conflict, "Taken.") }
        }
        server.limits = limits
        return server
    }

    /// Runs `body` with a connection to such a server.
    static func connect(
        over transport: TestTransport, _ log: CollectedLog = CollectedLog(), limits: Limits = Limits(),
        _ body: (RawConnection) async throws -> Void
    ) async throws {
        try await make(log, limits: limits).test(over: transport) { client in try await client.connect(body) }
    }
}

extension TestTransport {
    /// Those with a wire.
    static let wires: [TestTransport] = [.socket, .tls]
}

extension Limits {
    /// The defaults but for one deadline.
    static func with(_ deadline: WritableKeyPath<Limits, Duration>, _ duration: Duration) -> Limits {
        var limits = Limits()
        limits[keyPath: deadline] = duration
        return limits
    }
}

import Apus
import ApusTesting

/// The service of most scenarios: answers each kind of `Exchange`, and keeps a ledger of them.
enum Harbour {
    static func server(in world: World, _ ledger: Ledger) -> Server {
        var server = Server("Harbour") {
            Get("/text/{number}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                return try await ledger.handle(number) { "text \(number)" }
            }
            Post("/echo/{number}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                return try await ledger.handle(number) { Response(octets: try await request.body.collect()) }
            }
            Post("/read/{number}/{pause}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                let pause = Duration.microseconds(try request.parameters.require("pause", as: Int.self))
                return try await ledger.handle(number) {
                    let count = try await read(request.body, of: number, pausing: pause, in: world)
                    return "\(number): \(count)"
                }
            }
            Get("/stream/{number}/{size}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                let size = try request.parameters.require("size", as: Int.self)
                return Response(streaming: { writer in
                    try await ledger.handle(number) { try await stream(number, size, to: writer, in: world) }
                })
            }
            Get("/slow/{number}/{pause}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                let pause = Duration.microseconds(try request.parameters.require("pause", as: Int.self))
                return try await ledger.handle(number) {
                    try await world.sleep(for: pause)
                    return "slow \(number)"
                }
            }
            Post("/ignore/{number}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                return try await ledger.handle(number) { Response.Status.noContent }
            }
            Get("/any") { _ in "any" }
            Post("/any") { request in try await request.body.collect(upTo: 1_000).count.description }
            Get("/fail/{number}") { request -> String in
                let number = try request.parameters.require("number", as: Int.self)
                return try await ledger.handle(number) { throw Problem(.conflict, "This is number \(number).") }
            }
        }
        server.limits.pipelinedRequests = world.random(in: 1...8)
        server.limits.unsentOctets = world.random(in: 1_024...65_536)
        return server
    }

    /// What comes must be what the number stands for, octet for octet.
    private nonisolated(nonsending) static func read(
        _ body: RequestBody, of number: Int, pausing pause: Duration, in world: World
    ) async throws -> Int {
        var received: [UInt8] = []
        for try await chunk in body {
            received += chunk
            if world.happens(0.1) { try await world.sleep(for: pause) }
        }
        guard received == Exchange.content(of: number, received.count) else {
            throw Violation(description: "the content of request \(number) arrived changed")
        }
        return received.count
    }

    private nonisolated(nonsending) static func stream(
        _ number: Int, _ size: Int, to writer: ResponseWriter, in world: World
    ) async throws {
        var rest = Exchange.content(of: number, size)[...]
        while !rest.isEmpty {
            let piece = rest.prefix(world.random(in: 1...max(1, size / 2)))
            rest = rest.dropFirst(piece.count)
            try await writer.write(Array(piece))
            if world.happens(0.1) { try await world.sleep(for: .microseconds(world.random(in: 0...5_000))) }
        }
    }
}

import Apus
import ApusTesting

/// Clients that are slow, fall silent or go away, and handlers that take too long: each deadline fires, and within its bound.
enum Deadlines: Scenario {
    static let name = "deadlines"

    enum Action: String, Sendable, CustomStringConvertible, CaseIterable {
        /// Connects and says nothing.
        case silentClient
        /// Sends its head octet by octet, without end.
        case slowHead
        /// Is served once and then silent.
        case idleClient
        /// Announces content of which nothing more comes after the first octets.
        case silentContent
        /// Sends content below the least rate.
        case slowContent
        /// Reads nothing of a stream.
        case unreadStream
        /// Asks a handler that takes too long.
        case slowHandler
        /// As `slowHandler`, after content for which the handler has waited: that time is not its own.
        case slowReader
        /// Resets while a handler is at work for it.
        case vanishedClient
        /// Closes while a handler is at work for it, as the system does for a process that ends.
        case departedClient
        /// Ends its sending while a handler is at work for it, and is still there.
        case halfClosedClient

        var description: String { rawValue }
    }

    private static let head = Duration.seconds(10)
    private static let idle = Duration.seconds(20)
    private static let contentPause = Duration.seconds(5)
    private static let rateGrace = Duration.seconds(3)
    private static let writeStall = Duration.seconds(4)
    private static let handler = Duration.seconds(15)
    /// For the way there and back, and a loop that is late.
    private static let margin = Duration.milliseconds(200)

    static func script(by dice: inout SplitMix64) -> [Action] {
        (0..<dice.number(in: 1...5)).map { _ in Action.allCases[dice.number(in: 0...Action.allCases.count - 1)] }
    }

    static func play(_ script: [Action], in world: World) async throws {
        let ended = Noted<[Int: Duration]>([:])
        var server = Server("Patience") {
            Get("/text") { _ in "text" }
            Post("/content") { request in try await request.body.collect().count.description }
            Post("/read/{number}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                defer { ended.change { $0[number] = world.now } }
                _ = try await request.body.collect()
                try await world.sleep(for: .seconds(50))
                return "done"
            }
            Get("/wait/{number}/{seconds}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                let seconds = try request.parameters.require("seconds", as: Int.self)
                defer { ended.change { $0[number] = world.now } }
                try await world.sleep(for: .seconds(seconds))
                return "done"
            }
            Get("/stream/{number}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                return Response(streaming: { writer in
                    defer { ended.change { $0[number] = world.now } }
                    while true { try await writer.write([UInt8](repeating: 0x61, count: 10_000)) }
                })
            }
        }
        server.limits.headDeadline = head
        server.limits.idleDeadline = idle
        server.limits.contentPause = contentPause
        server.limits.contentRateGrace = rateGrace
        server.limits.writeStall = writeStall
        server.limits.handlerDeadline = handler
        try await world.test(server) { client in
            var client = client
            client.timeLimit = .seconds(60)
            try await withThrowingTaskGroup(of: Void.self) { [client] clients in
                for (number, action) in script.enumerated() {
                    clients.addTask { try await perform(action, number, with: client, ended, in: world) }
                }
                try await clients.waitForAll()
            }
        }
    }

    private static func perform(
        _ action: Action, _ number: Int, with client: TestClient, _ ended: Noted<[Int: Duration]>, in world: World
    ) async throws {
        try await client.connect { connection in
            let start = world.now
            switch action {
            case .silentClient:
                try await expectEnd(of: connection, answered: "", since: start, head, in: world)
            case .slowHead:
                // A client's clock begins when it is connected, the server's when it hears of it: from the first octet on at the latest.
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask {
                        try await connection.send("GET /text HTTP/1.1\r\nX: ")
                        while !Task.isCancelled {
                            try await world.sleep(for: .milliseconds(700))
                            do { try await connection.send("x") } catch { return }
                        }
                    }
                    try await expectEnd(of: connection, answered: "408", since: start, head, in: world)
                    tasks.cancelAll()
                    while await tasks.nextResult() != nil {}
                }
            case .idleClient:
                try await connection.send("GET /text HTTP/1.1\r\nHost: x\r\n\r\n")
                try expect(try await connection.receiveResponse().text == "text", "\(action): found another answer")
                try await expectEnd(of: connection, answered: "", since: world.now, idle, in: world)
            case .silentContent:
                try await connection.send("POST /content HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
                try await connection.send([UInt8](repeating: 0x61, count: 5_000))
                try await expectEnd(of: connection, answered: "408", since: world.now, contentPause, in: world)
            case .slowContent:
                try await connection.send("POST /content HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask {
                        while !Task.isCancelled {
                            do { try await connection.send("x") } catch { return }
                            try await world.sleep(for: .milliseconds(500))
                        }
                    }
                    try await expectEnd(of: connection, answered: "408", since: start, rateGrace, in: world)
                    tasks.cancelAll()
                    while await tasks.nextResult() != nil {}
                }
            case .unreadStream:
                try await connection.send("GET /stream/\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
                // The first octets go into the network's window; then one stall passes in which some were still taken, and one in which none is.
                try await world.sleep(for: writeStall * 2 + margin)
                try expect(ended.value[number] != nil, "\(action): found the stream still at work")
            case .slowHandler:
                try await connection.send("GET /wait/\(number)/50 HTTP/1.1\r\nHost: x\r\n\r\n")
                try await expectEnd(of: connection, answered: "503", since: start, handler, in: world)
                try await expectHandlerEnd(number, since: start + handler, ended, in: world, action)
            case .slowReader:
                let pause = world.random(in: .zero ... .seconds(2))
                try await connection.send("POST /read/\(number) HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nHe")
                try await world.sleep(for: pause)
                try await connection.send("ad")
                try await expectEnd(of: connection, answered: "503", since: start + pause, handler, in: world)
                try await expectHandlerEnd(number, since: start + pause + handler, ended, in: world, action)
            case .vanishedClient:
                try await connection.send("GET /wait/\(number)/10 HTTP/1.1\r\nHost: x\r\n\r\n")
                try await world.sleep(for: world.random(in: .milliseconds(50) ... .seconds(5)))
                await connection.reset()
                try await expectHandlerEnd(number, since: world.now, ended, in: world, action)
            case .departedClient:
                try await connection.send("GET /wait/\(number)/10 HTTP/1.1\r\nHost: x\r\n\r\n")
                try await world.sleep(for: world.random(in: .milliseconds(50) ... .seconds(5)))
                await connection.close()
                try await expectHandlerEnd(number, since: world.now, ended, in: world, action)
            case .halfClosedClient:
                try await connection.send("GET /wait/\(number)/5 HTTP/1.1\r\nHost: x\r\n\r\n")
                await connection.closeSending()
                try expect(try await connection.receiveResponse().text == "done", "\(action): found another answer")
            }
        }
    }

    /// The server must end the connection `time` after `start`: not before, and not much later.
    private static func expectEnd(
        of connection: RawConnection, answered status: String, since start: Duration, _ time: Duration, in world: World
    ) async throws {
        let rest = String(decoding: try await connection.receiveToEnd(), as: UTF8.self)
        let passed = world.now - start
        try expect(
            status.isEmpty ? rest.isEmpty : rest.hasPrefix("HTTP/1.1 \(status) "),
            "found '\(rest.prefix(60))', expected \(status)")
        try expect(
            time - margin <= passed && passed <= time + margin, "the connection ended after \(passed), expected \(time)"
        )
    }

    /// A handler must be cancelled at once.
    private static func expectHandlerEnd(
        _ number: Int, since start: Duration, _ ended: Noted<[Int: Duration]>, in world: World, _ action: Action
    ) async throws {
        try await world.sleep(for: margin)
        guard let end = ended.value[number] else {
            throw Violation(description: "\(action): found the handler still at work after \(margin)")
        }
        try expect(end - start < .milliseconds(100), "\(action): the handler ended after \(end - start)")
    }
}

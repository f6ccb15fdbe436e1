import Apus
import ApusTesting

/// A server that is asked to end at any moment.
///
/// It does so in time; no connection breaks before the answer to a request whose handler has begun.
enum Shutdown: Scenario {
    static let name = "shutdown"

    enum Action: Sendable, CustomStringConvertible {
        case session(Session)
        case end(after: Duration)
        /// A client that has its answer and keeps its connection.
        case idleClient(after: Duration)

        var description: String {
            switch self {
            case .session(let session): session.description
            case .end(let time): "the end at \(time)"
            case .idleClient(let time): "a client that stays, from \(time) on"
            }
        }
    }

    private static let grace = Duration.seconds(20)
    /// All handlers are done in less, the wait for clients that do not end of themselves included; nobody needs the grace.
    private static let bound = Duration.seconds(5)

    static func script(by dice: inout SplitMix64) -> [Action] {
        let end = Action.end(after: .microseconds(dice.number(in: 0...60_000)))
        return [end]
            + (0..<dice.number(in: 1...6)).map { index in
                dice.happens(0.2)
                    ? .idleClient(after: .microseconds(dice.number(in: 0...20_000)))
                    : .session(Session(firstNumber: index * Session.maximumExchanges, by: &dice))
            }
    }

    static func play(_ script: [Action], in world: World) async throws {
        let ledger = Ledger()
        let asked = Noted<Duration?>(nil)
        var server = Harbour.server(in: world, ledger)
        server.limits.shutdownDelay = world.happens(0.3) ? world.random(in: .zero ... .milliseconds(20)) : .zero
        try await world.test(server) { client in
            try await withThrowingTaskGroup(of: Void.self) { clients in
                for action in script {
                    clients.addTask {
                        switch action {
                        case .session(let session):
                            let missing = try await session.playUntilEnd(with: client, in: world)
                            for exchange in missing where session.ending != .reset {
                                try expect(
                                    !ledger.wasHandled(exchange.number),
                                    "request \(exchange.number) was handled and never answered")
                            }
                        case .idleClient(let time): try await stay(with: client, from: time, in: world)
                        case .end(let time):
                            try? await world.sleep(for: time)
                            asked.change { $0 = world.now }
                            client.server?.shutdown(grace: grace)
                        }
                    }
                }
                try await clients.waitForAll()
            }
        }
        if let asked = asked.value {
            let duration = world.now - asked
            try expect(duration < bound, "the end took \(duration)")
        }
        try ledger.check(atEnd: true)
    }
}

extension Shutdown {
    private static func stay(with client: TestClient, from start: Duration, in world: World) async throws {
        do {
            try await world.sleep(for: start)
            try await client.connect { connection in
                try await connection.send("GET /any HTTP/1.1\r\nHost: harbour\r\n\r\n")
                _ = try await connection.receiveResponse()
                _ = try await connection.receiveToEnd()
            }
        } catch is TestClientError {
            // It came too late.
        } catch is CancellationError {
            // The server has ended, and with it the body of the test.
        }
    }
}

extension Session {
    /// Plays as far as the server lets it.
    ///
    /// - Returns: the requests that were not answered.
    func playUntilEnd(with client: TestClient, in world: World) async throws -> [Exchange] {
        let answered = Noted(0)
        do {
            try await world.sleep(for: start)
            try await client.connect { connection in
                if case .reset = ending { return try await crash(connection, in: world) }
                for batch in batches {
                    try await converse(batch, over: connection, in: world, endsSending: false) {
                        answered.change { $0 += 1 }
                    }
                }
            }
        } catch let error as TestClientError {
            try expect(!error.description.contains("RFC"), "\(self): \(error)")
        } catch is CancellationError {
            // The server has ended, and with it the body of the test.
        }
        return Array(exchanges[answered.value...])
    }
}

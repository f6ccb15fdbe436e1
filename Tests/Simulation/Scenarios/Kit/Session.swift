import Apus
import ApusTesting

/// One connection of a client: some requests at a time, and how it ends.
struct Session: Sendable, CustomStringConvertible {
    enum Ending: String, CaseIterable, Sendable {
        /// The client closes when it has all answers.
        case close
        /// It says that nothing more will come as soon as it has sent everything, and still wants its answers.
        case halfClose
        /// It crashes somewhere on the way.
        case reset
    }

    let start: Duration
    /// The requests of a batch are sent without waiting for answers.
    let batches: [[Exchange]]
    let ending: Ending

    var description: String {
        "at \(start): " + batches.map { "[\($0.map(\.description).joined(separator: "; "))]" }.joined(separator: " ")
            + ", \(ending.rawValue)"
    }

    init(firstNumber: Int, by dice: inout SplitMix64, kinds: [Exchange.Kind] = Exchange.Kind.allCases) {
        start = .microseconds(dice.number(in: 0...20_000))
        var number = firstNumber
        batches = (0..<dice.number(in: 1...3)).map { _ in
            (0..<dice.number(in: 1...4)).map { _ in
                number += 1
                return Exchange(number, by: &dice, kinds: kinds)
            }
        }
        ending = dice.happens(0.7) ? .close : dice.happens(0.5) ? .halfClose : .reset
    }

    /// No session has more requests.
    static let maximumExchanges = 100

    var exchanges: [Exchange] { batches.flatMap(\.self) }

    /// Plays it to its end; every answer is checked.
    ///
    /// - Parameter mayBreak: the network, or the server's end, may take the connection away; then answers may be missing, but none is wrong.
    func play(with client: TestClient, in world: World, mayBreak: Bool) async throws {
        try await world.sleep(for: start)
        do {
            try await client.connect { connection in
                if case .reset = ending { return try await crash(connection, in: world) }
                for (index, batch) in batches.enumerated() {
                    try await converse(
                        batch, over: connection, in: world,
                        endsSending: ending == .halfClose && index == batches.count - 1)
                }
            }
        } catch let error as TestClientError {
            guard mayBreak || ending == .reset, !error.description.contains("RFC") else {
                throw Violation(description: "\(self): \(error)")
            }
        }
    }

    /// Sends and receives at once: who only sends may wait for a server that waits for its answers to be read.
    func converse(
        _ batch: [Exchange], over connection: RawConnection, in world: World, endsSending: Bool,
        whenAnswered: () -> Void = {}
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                try await Self.send(batch.flatMap { $0.octets(by: world) }, over: connection, in: world)
                if endsSending { await connection.closeSending() }
            }
            for exchange in batch {
                try exchange.check(try await connection.receiveResponse(to: exchange.hasContent ? .post : .get))
                whenAnswered()
            }
            try await tasks.waitForAll()
        }
    }

    /// Lets octets go in pieces, with pauses between some.
    static func send(_ octets: [UInt8], over connection: RawConnection, in world: World) async throws {
        var rest = octets[...]
        while !rest.isEmpty {
            let piece = rest.prefix(world.happens(0.5) ? rest.count : world.random(in: 1...rest.count))
            rest = rest.dropFirst(piece.count)
            try await connection.send(Array(piece))
            if world.happens(0.2) { try await world.sleep(for: .microseconds(world.random(in: 0...3_000))) }
        }
    }

    func crash(_ connection: RawConnection, in world: World) async throws {
        let octets = exchanges.flatMap { $0.octets(by: world) }
        let sent = octets.prefix(world.random(in: 0...octets.count))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await Self.send(Array(sent), over: connection, in: world) }
            try await world.sleep(for: .microseconds(world.random(in: 0...20_000)))
            await connection.reset()
            try await tasks.waitForAll()
        }
    }
}

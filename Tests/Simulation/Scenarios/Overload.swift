import Apus
import ApusTesting

/// More clients than a server takes: those beyond its limit wait, and when descriptors run out it recovers.
enum Overload: Scenario {
    static let name = "overload"

    static func script(by dice: inout SplitMix64) -> [Session] {
        (0..<dice.number(in: 4...12)).map { index in
            Session(firstNumber: index * Session.maximumExchanges, by: &dice, kinds: [.text, .echo, .slow])
        }
    }

    static func play(_ script: [Session], in world: World) async throws {
        let ledger = Ledger()
        var server = Harbour.server(in: world, ledger)
        let limit = world.random(in: 1...4)
        server.limits.connections = limit
        let lacksDescriptors = world.happens(0.5)
        try await world.test(server) { client in
            // Clients and server share them: these are enough for all loops, all clients, and at least one connection of the server.
            if lacksDescriptors { world.descriptorLimit = 14 + script.count + world.random(in: 0...4) }
            var patient = client
            patient.timeLimit = .seconds(120)
            try await withThrowingTaskGroup(of: Void.self) { [patient] clients in
                for session in script {
                    clients.addTask {
                        try await session.play(with: patient, in: world, mayBreak: lacksDescriptors)
                        try expect(
                            ledger.underway <= limit, "found \(ledger.underway) handlers at once, expected \(limit)")
                    }
                }
                try await clients.waitForAll()
            }
            // Whoever waits is let in when others leave, and not only when somebody else comes.
            try expect(world.now < .seconds(20), "the last client was served at \(world.now)")
            world.descriptorLimit = 65_536
            // Accepting pauses for a tenth of a second at most.
            try await world.sleep(for: .milliseconds(200))
            var dice = SplitMix64(seed: 1)
            let last = Exchange(-1, by: &dice, kinds: [.text])
            try last.check(try await client.get("/text/-1"))
        }
        try ledger.check(atEnd: true)
    }
}

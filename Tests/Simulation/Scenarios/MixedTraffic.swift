import Apus
import ApusTesting

/// Clients that behave, on fair and on stormy days: kept connections, pipelines, content both ways, half-closes and crashes.
///
/// On a fair day every request is answered, once, in order and rightly; on a stormy one no answer is wrong, and nothing is handled twice.
enum MixedTraffic: Scenario {
    static let name = "mixed-traffic"

    static func script(by dice: inout SplitMix64) -> [Session] {
        (0..<dice.number(in: 1...6)).map { index in
            Session(firstNumber: index * Session.maximumExchanges, by: &dice)
        }
    }

    static func play(_ script: [Session], in world: World) async throws {
        let isStormy = world.happens(0.3)
        if isStormy { world.weather = .stormy }
        let ledger = Ledger()
        try await world.test(Harbour.server(in: world, ledger)) { client in
            try await withThrowingTaskGroup(of: Void.self) { clients in
                for session in script {
                    clients.addTask { try await session.play(with: client, in: world, mayBreak: isStormy) }
                }
                try await clients.waitForAll()
            }
            try ledger.check(atEnd: false)
            guard !isStormy else { return }
            for session in script where session.ending != .reset {
                for exchange in session.exchanges {
                    try expect(ledger.wasHandled(exchange.number), "request \(exchange.number) was never handled")
                }
            }
        }
        try ledger.check(atEnd: true)
    }
}

import Apus
import ApusTesting

@testable import SimulatedShop

/// A bank that counts, takes as long as a seed has it, says no to some, and is too busy for others.
actor SimulatedBank: Bank {
    private let world: World
    private(set) var balance = 0

    init(in world: World) { self.world = world }

    func charge(_ amount: Int) async throws {
        try await world.sleep(for: world.random(in: .milliseconds(5) ... .milliseconds(50)))
        if world.happens(0.1) { throw Problem(.paymentRequired, "The bank says no.") }
        balance += amount
    }

    func refund(_ amount: Int) async throws {
        try await world.sleep(for: world.random(in: .milliseconds(5) ... .milliseconds(50)))
        if world.happens(0.1) { throw Problem(.serviceUnavailable, "The bank is too busy.") }
        balance -= amount
    }
}

import Apus
import ApusTesting

@testable import SimulatedShop

/// A morning in the shop: some customers come when they like, buy what they like, and some change their minds.
struct Morning {
    let keeper: Keeper

    /// Who keeps the stock.
    enum Keeper: CaseIterable {
        case careful
        case hasty

        var stock: any Stock {
            switch self {
            case .careful: CarefulStock()
            case .hasty: HastyStock()
            }
        }
    }

    /// What must not be.
    struct Mistake: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    private struct Sale: Sendable {
        let number: Int
        let item: String
        let price: Int
        var isCancelled = false
    }

    @Sendable func play(in world: World) async throws {
        let goods = SimulatedShop.goods
        let stock = keeper.stock
        let bank = SimulatedBank(in: world)
        try await world.test(SimulatedShop.server(selling: stock, through: bank)) { client in
            let sales = try await world.sideBySide(1...world.random(in: 2...6)) { _ in
                try await buy(from: client, in: world)
            }
            .compactMap(\.self)
            try expect(Set(sales.map(\.number)).count == sales.count, "every order has a number of its own")
            let kept = sales.filter { !$0.isCancelled }
            for (before, after) in zip(goods, await stock.items) {
                let sold = kept.count { $0.item == before.name }
                try expect(sold <= before.left, "sold \(sold) of \(before.left) pieces: \(before.name)")
                try expect(sold + after.left == before.left, "sold and left are all there were: \(before.name)")
            }
            let money = await bank.balance
            try expect(money == kept.reduce(0) { $0 + $1.price }, "the bank has \(money), the price of what is sold")

            try await world.sideBySide(kept) { sale in try await cancel(sale.number, at: client) }
            try expect(await stock.items == goods, "when all is cancelled, all is back")
            try expect(await bank.balance == 0, "and so is the money")
        }
    }

    /// - Returns: nil when the item is sold out, or the bank says no.
    private func buy(from client: TestClient, in world: World) async throws -> Sale? {
        try await world.sleep(for: world.random(in: .zero ... .seconds(1)))
        let item = SimulatedShop.goods[world.random(in: 0...1)]
        let answer = try await client.post("/items/\(item.name)/orders")
        switch answer.status {
        case .conflict, .paymentRequired: return nil
        default: try expect(answer.status == .created, "an order is answered with 201, 402 or 409: \(answer)")
        }
        let order = try answer.json
        guard let number = order["number"]?.int, let price = order["price"]?.int else {
            throw Mistake(description: "an order has number and price: \(answer)")
        }
        var sale = Sale(number: number, item: item.name, price: price)
        guard world.happens(0.3) else { return sale }
        try await world.sleep(for: world.random(in: .zero ... .milliseconds(200)))
        try await cancel(number, at: client)
        sale.isCancelled = true
        return sale
    }

    /// Asks twice at once, which must count once, and again for as long as the bank is too busy.
    private func cancel(_ number: Int, at client: TestClient) async throws {
        while true {
            async let first = client.delete("/orders/\(number)")
            async let second = client.delete("/orders/\(number)")
            let statuses = try await [first.status, second.status]
            if statuses.contains(.noContent) {
                return try expect(statuses[0] != statuses[1], "an order is cancelled once: \(statuses)")
            }
            try expect(statuses.contains(.serviceUnavailable), "an order can be cancelled: \(statuses)")
        }
    }

    private func expect(_ claim: Bool, _ expectation: @autoclosure () -> String) throws {
        if !claim { throw Mistake(description: "Expected: " + expectation()) }
    }
}

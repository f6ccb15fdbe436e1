import Apus

struct Item: Encodable, Equatable, Sendable {
    let name: String
    let price: Int
    var left: Int
}

/// Keeps what the shop sells.
protocol Stock: Actor {
    var items: [Item] { get set }

    /// Hands out a piece against its price.
    func sell(_ name: String, through bank: any Bank) async throws -> Item
}

/// An actor does one thing at a time, but others get their turn at each `await`: so the piece is taken before that.
actor CarefulStock: Stock {
    var items = SimulatedShop.goods

    func sell(_ name: String, through bank: any Bank) async throws -> Item {
        let place = try place(of: name)
        items[place].left -= 1
        do {
            try await bank.charge(items[place].price)
        } catch {
            items[place].left += 1
            throw error
        }
        return items[place]
    }
}

/// The mistake: whoever comes while the bank is asked finds the piece still there, and buys it too.
actor HastyStock: Stock {
    var items = SimulatedShop.goods

    func sell(_ name: String, through bank: any Bank) async throws -> Item {
        let place = try place(of: name)
        try await bank.charge(items[place].price)
        items[place].left -= 1
        return items[place]
    }
}

extension Stock {
    /// Where the item is, if there is a piece left.
    func place(of name: String) throws -> Int {
        guard let place = items.firstIndex(where: { $0.name == name }) else { throw Problem(.notFound) }
        guard items[place].left > 0 else { throw Problem(.conflict, "It is sold out.") }
        return place
    }

    func putBack(_ item: Item) {
        if let place = items.firstIndex(where: { $0.name == item.name }) { items[place].left += 1 }
    }
}

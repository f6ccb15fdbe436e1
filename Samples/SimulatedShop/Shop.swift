import Apus

/// Keeps the book of orders.
actor Shop {
    private let stock: any Stock
    private let bank: any Bank
    private var orders: [Int: Item] = [:]
    private var lastNumber = 0

    init(_ stock: any Stock, _ bank: any Bank) {
        self.stock = stock
        self.bank = bank
    }

    func buy(_ name: String) async throws -> (number: Int, item: Item) {
        let item = try await stock.sell(name, through: bank)
        lastNumber += 1
        orders[lastNumber] = item
        return (lastNumber, item)
    }

    func cancel(_ number: Int) async throws {
        // Out of the book before the bank is asked: who cancels twice at once gets the money back once.
        guard let item = orders.removeValue(forKey: number) else { throw Problem(.notFound, "There is no such order.") }
        do {
            try await bank.refund(item.price)
        } catch {
            orders[number] = item
            throw error
        }
        await stock.putBack(item)
    }
}

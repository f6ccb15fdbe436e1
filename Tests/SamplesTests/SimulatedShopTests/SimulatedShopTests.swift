import Apus
import ApusTesting
import Testing

@testable import SimulatedShop

@Suite struct SimulatedShopTests {
    /// Agrees to everything, at once.
    private struct EasyBank: Bank {
        func charge(_ amount: Int) async throws {}
        func refund(_ amount: Int) async throws {}
    }

    /// The mistake of the hasty keeper does not show.
    @Test(arguments: TestTransport.all, Morning.Keeper.allCases)
    func `customers who come one after the other get what there is`(
        transport: TestTransport, keeper: Morning.Keeper
    ) async throws {
        var server = SimulatedShop.server(selling: keeper.stock, through: EasyBank())
        server.logger.level = .critical
        try await server.test(over: transport) { client in
            for number in 1...2 {
                let sold = try await client.post("/items/kettle/orders")
                #expect(sold.status == .created && sold.headers[.location] == "/orders/\(number)")
                #expect(sold.text == #"{"number":\#(number),"item":"kettle","price":35}"#)
            }
            let refused = try await client.post("/items/kettle/orders")
            #expect(refused.status == .conflict)
            let unknown = try await client.post("/items/teapot/orders")
            #expect(unknown.status == .notFound)
            let cancelled = try await client.delete("/orders/2")
            #expect(cancelled.status == .noContent)
            let again = try await client.delete("/orders/2")
            #expect(again.status == .notFound)
            let items = try await client.get("/items").json
            #expect(items[0]?["left"] == 1 && items[1]?["left"] == 1)
        }
    }

    @Test func `whoever comes when, the careful stock sells what there is`() throws {
        try Simulation.run(seeds: 1...200, Morning(keeper: .careful).play)
    }

    @Test func `a simulation finds that the hasty stock does not, and the seed shows it again`() throws {
        let failure = try #require(throws: SimulationFailure.self) {
            try Simulation.run(seeds: 1...300, Morning(keeper: .hasty).play)
        }
        #expect(failure.description.contains("pieces"))
        print(failure)
        let again = try #require(throws: SimulationFailure.self) {
            try Simulation.run(seeds: [failure.seed], Morning(keeper: .hasty).play)
        }
        #expect(again.description == failure.description)
        try Simulation.run(seeds: [failure.seed], Morning(keeper: .careful).play)
    }

    @Test func `the sample has the careful stock`() async throws {
        var server = try SimulatedShop.server
        server.logger.level = .critical
        try await server.test { client in
            async let one = client.post("/items/lamp/orders")
            async let other = client.post("/items/lamp/orders")
            let statuses = try await [one.status, other.status]
            #expect(statuses.contains(.created) && statuses.contains(.conflict))
        }
    }
}

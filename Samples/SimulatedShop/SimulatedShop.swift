import Apus

/// A shop that sells no more than it has, and a simulation that finds the mistake in one that does.
///
/// `CarefulStock` and `HastyStock` differ in the order of two steps. With one customer after the other, every test passes with both.
/// `SimulatedShopTests` plays mornings in the shop, in which a seed decides when customers come and how long the network and the bank
/// take. In about one of thirty, two customers get the last lamp of `HastyStock`; whoever plays that seed sees them get it again.
@main struct SimulatedShop: Service {
    static let goods = [Item(name: "kettle", price: 35, left: 2), Item(name: "lamp", price: 80, left: 1)]

    static var server: Server {
        get throws {
            var server = server(selling: CarefulStock(), through: DemoBank())
            server.endpoints = [Endpoint(port: try LaunchOptions.current.port(default: 5000))]
            return server
        }
    }

    static func server(selling stock: any Stock, through bank: any Bank) -> Server {
        let shop = Shop(stock, bank)
        return Server("Shop") {
            Get("/items") { _ in await stock.items }
            Post("/items/{name}/orders") { request in
                let (number, item) = try await shop.buy(request.parameters.require("name"))
                return try JSON(["number": number, "item": item.name, "price": item.price], status: .created)
                    .header(.location, "/orders/\(number)")
            }
            Delete("/orders/{number}") { request in
                try await shop.cancel(request.parameters.require("number"))
                return Response.Status.noContent
            }
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let url = running.endpoints[0].url
        return """
            Listening on \(url)
            Try it:
              curl \(url)/items
              curl -i -X POST \(url)/items/lamp/orders    # 201; again 409, there was only one
              curl -i -X DELETE \(url)/orders/1           # 204, and the lamp is back
            """
    }
}

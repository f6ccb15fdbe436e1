import Apus

/// From a path to its route.
enum Routing {
    static var operations: [Operation] {
        get throws {
            let few = try responder(routes: 10)
            let many = try responder(routes: 10_000)
            let fewTable = few.currentTable
            let manyTable = many.currentTable
            let early = try Decoding.head(of: Array("GET /section0/item7/42 HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            let late = try Decoding.head(of: Array("GET /section71/item7117/42 HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            return [
                Operation("look up one of 10 routes", gives: 1) { try matches(early, in: fewTable) },
                Operation("look up one of 10,000 routes", gives: 1) { try matches(late, in: manyTable) },
                Operation("read the router's snapshot", gives: 1) { few.currentTable === fewTable ? 1 : 0 },
            ]
        }
    }

    private static func responder(routes count: Int) throws -> Responder {
        try Server("Routes") {
            for number in 0..<count { Get("/section\(number / 100)/item\(number)/{id}") { _ in "" } }
        }
        .makeResponder()
    }

    private static func matches(_ head: HTTP.RequestHead, in table: RouteTable) throws -> Int {
        var (route, segments): (CompiledRoute?, RouteSegments) = (nil, RouteSegments())
        return if case .route = try table.find(head, into: &route, &segments) { 1 } else { 0 }
    }
}

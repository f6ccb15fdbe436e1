import Apus
import ApusTesting
import Testing

@Suite struct RequestContextTests {
    enum TenantKey: RequestContextKey { typealias Value = String }
    enum NumberKey: RequestContextKey { typealias Value = Int }

    struct Tenancy: Middleware {
        func respond(to request: Request, next: Handler) async throws -> Response {
            var request = request
            request.context[TenantKey.self] = request.headers["X-Tenant"]
            request.context[NumberKey.self] = 7
            return try await next(request)
        }
    }

    @Test func `middleware leaves typed values for the handlers behind it`() async throws {
        try await Server.logging {
            Get("/inside") { request in
                "\(request.context[TenantKey.self] ?? "none") \(request.context[NumberKey.self] ?? 0)"
            }
            .middleware(Tenancy())
            Get("/outside") { request in request.context[TenantKey.self] ?? "none" }
        }
        .test { client in
            let named = try await client.get("/inside", headers: ["X-Tenant": "acme"])
            let nameless = try await client.get("/inside")
            let outside = try await client.get("/outside", headers: ["X-Tenant": "acme"])
            #expect([named.text, nameless.text, outside.text] == ["acme 7", "none 7", "none"])
        }
    }
}

import Apus
import ApusTesting
import Testing

@testable import RemoteIssuer

@Suite(.timeLimit(.minutes(1))) struct RemoteIssuerTests {
    /// Runs both servers, and gives a client of each.
    private static func serve(
        _ body: @escaping @Sendable (_ login: TestClient, _ orders: TestClient) async throws -> Void
    ) async throws {
        try await RemoteIssuerSample.withLogin(port: 0) { login in
            var server = try RemoteIssuerSample.orders(issuer: login, port: 0)
            server.logger.level = .critical
            try await server.withRunning { orders in
                try await login.test { login in
                    try await orders.test { orders in try await body(login, orders) }
                }
            }
        }
    }

    private static func token(from login: TestClient) async throws -> JSONValue? {
        try await login.get("/token/new", .basic("admin", "password")).json["access_token"]
    }

    @Test func `a token of one server opens the other`() async throws {
        try await Self.serve { login, orders in
            let answer = try await orders.get("/orders", .bearer(Self.token(from: login)))
            #expect(answer.status == .ok && answer.text == "Orders of admin: none yet")
        }
    }

    @Test func `the issuer changes its key, and tokens of both are good`() async throws {
        try await Self.serve { login, orders in
            let old = try await Self.token(from: login)
            let before = try await orders.get("/orders", .bearer(old))
            #expect(before.status == .ok)
            let rotated = try await login.post("/keys/rotate", .basic("admin", "password"))
            #expect(rotated.status == .ok)
            var kid: String?
            while kid != rotated.text {
                let token = try #require(try await Self.token(from: login)?.string)
                kid = try UnverifiedToken(inspecting: token).header.kid
                let answer = try await orders.get("/orders", .bearer(token))
                try #require(answer.status == .ok)
            }
            let still = try await orders.get("/orders", .bearer(old))
            #expect(still.status == .ok)
        }
    }

    @Test func `without a token of that issuer there is nothing to see`() async throws {
        try await Self.serve { login, orders in
            let none = try await orders.get("/orders")
            #expect(none.status == .unauthorized && none.headers[.wwwAuthenticate] == "Bearer")
            let keys = try KeyStore(.generated(.es256))
            let foreign = try await JWTBuilder(keys: keys).issuer(login.server?.endpoints[0].url ?? "")
                .audience("orders").subject("admin").accessToken(clientID: "shop").build()
            let answer = try await orders.get("/orders", .bearer(foreign.token))
            #expect(answer.status == .unauthorized)
            let refused = try await login.get("/token/new", .basic("admin", "wrong"))
            #expect(refused.status == .unauthorized)
        }
    }

    @Test func `the metadata names the issuer and its keys`() async throws {
        try await Self.serve { login, _ in
            let url = try #require(login.server?.endpoints[0].url)
            let metadata = try await login.get("/.well-known/openid-configuration").json
            #expect(metadata["issuer"]?.string == url)
            #expect(metadata["jwks_uri"]?.string == url + "/.well-known/jwks.json")
        }
    }
}

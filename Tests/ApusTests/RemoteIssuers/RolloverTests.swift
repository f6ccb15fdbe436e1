import Apus
import ApusTesting
import Foundation
import Testing

/// Keys change under load, and nobody notices.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct RolloverTests {
    /// Longer than a store or a key set waits between two looks, so that every key is known by the time it signs.
    private static let propagation = Duration.milliseconds(1100)
    private static let rotations = 2

    /// One of several servers that share a directory of keys.
    private static func server(_ keys: KeyStore) -> Server {
        var server = Server.logging { JWKSRoute(keys, propagation: propagation) }
        server.endpoints = [Endpoint(port: 0)]
        server.eventLoops = 1
        return server.background("watch") { _ in try await keys.watch(every: .milliseconds(100)) }
    }

    @Sendable private static func add(_ keys: KeyStore, issuer: String, to running: RunningServer) async throws {
        let tokens = JWTBuilder(keys: keys).issuer(issuer).audience("orders").subject("ada").accessToken(
            clientID: "shop"
        )
        .lifetime(.seconds(30))
        let bearer = BearerAuthentication("Bearer", validating: tokens.validationParameters)
        try await running.router.add {
            Get("/.well-known/openid-configuration") { _ in
                JSON(["issuer": issuer, "jwks_uri": issuer + JWKSRoute.defaultPath])
            }
            Get("/token") { _ in try await tokens.build().token }
            Get("/name") { request in request.user.name }.authenticated(by: bearer)
        }
    }

    /// A server elsewhere, which knows the URL of the first.
    private static func verifier(_ issuer: String) throws -> Server {
        var limits = RemoteKeySet.Limits()
        limits.cooldown = .milliseconds(500)
        let remote = try RemoteIssuer(
            issuer, limits: limits, allowInsecureHTTP: true, logger: Logger(label: "issuer", level: .critical))
        let bearer = BearerAuthentication("Bearer", issuer: remote, audience: "orders")
        var server = Server.logging { Get("/name") { request in request.user.name }.authenticated(by: bearer) }
        server.endpoints = [Endpoint(port: 0)]
        server.eventLoops = 1
        return server
    }

    @Test func `two servers rotate in one directory, a third knows their URL, and every token opens every door`()
        async throws
    {
        let directory = NSTemporaryDirectory() + "/apus-rollover-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let first = try KeyStore(directory: directory, algorithm: .es256)
        let second = try KeyStore(directory: directory, algorithm: .es256)
        try await Self.server(first).withRunning { one in
            let issuer = one.endpoints[0].url
            try await Self.add(first, issuer: issuer, to: one)
            try await Self.server(second).withRunning { two in
                try await Self.add(second, issuer: issuer, to: two)
                try await Self.verifier(issuer).withRunning { three in
                    try await Self.load(issuers: [one, two], verifiers: [one, two, three], rotating: [first, second])
                }
            }
        }
    }

    /// Uses tokens, old and new, while the stores take turns to rotate; each time until both issuers sign with the new key.
    private static func load(
        issuers: [RunningServer], verifiers: [RunningServer], rotating stores: [KeyStore]
    ) async throws {
        let (signed, whenSigned) = AsyncStream.makeStream(of: (place: Int, kid: String).self)
        let isOver = Shared(false)
        try await withThrowingTaskGroup(of: Int.self) { tasks in
            for number in 0..<4 {
                tasks.addTask {
                    let place = number % 2
                    var count = 0
                    try await issuers[place].test { issuer in
                        let oldest = try await issuer.get("/token").text
                        while !isOver.value {
                            let token = try await issuer.get("/token").text
                            whenSigned.yield((place, try UnverifiedToken(inspecting: token).header.kid ?? ""))
                            for verifier in verifiers {
                                try await verifier.test { client in
                                    for token in [token, oldest] {
                                        let answer = try await client.get("/name", .bearer(token))
                                        try #require(answer.status == .ok, "\(answer)")
                                        count += 1
                                    }
                                }
                            }
                        }
                    }
                    return count
                }
            }
            tasks.addTask {
                defer { isOver.change { $0 = true } }
                for round in 0..<rotations {
                    let kid = try await stores[round % 2].rotate(propagation: propagation, overlap: .seconds(90))
                    var places: Set<Int> = []
                    for await token in signed where token.kid == kid {
                        places.insert(token.place)
                        if places.count == 2 { break }
                    }
                }
                return 0
            }
            var count = 0
            for try await part in tasks { count += part }
            #expect(count > 100)
        }
    }
}

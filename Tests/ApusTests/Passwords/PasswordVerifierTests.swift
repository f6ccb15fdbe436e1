import ApusTesting
import Testing

@testable import Apus

@Suite struct PasswordVerifierTests {
    /// A capacity that counts derivations, and what they cost.
    private struct Counter {
        let costs = Shared<[String]>([])
        let capacity: PasswordHash.Capacity

        init() {
            capacity = PasswordHash.Capacity(simultaneous: 2, waiting: 100) { [costs] derivation in
                costs.change { $0.append("\(derivation.cost) \(derivation.salt.count) \(derivation.count)") }
                return try derivation.run()
            }
        }
    }

    private static func cheap() throws -> PasswordHash.Cost { try #require(PasswordHash.Cost(logN: 4)) }

    @Test func `the password of a user is right, and no other`() async throws {
        let counter = Counter()
        let ada = try await PasswordHash.hash("secret", cost: try Self.cheap(), capacity: counter.capacity)
        let users = PasswordVerifier(cost: try Self.cheap(), capacity: counter.capacity) { name in
            name == "ada" ? ada : nil
        }
        #expect(try await users.verify(username: "ada", password: "secret"))
        for (name, password) in [("ada", "Secret"), ("ada", ""), ("Ada", "secret"), ("bob", "secret"), ("", "")] {
            #expect(try await !users.verify(username: name, password: password))
        }
    }

    @Test(arguments: ["secret", "wrong", "", String(repeating: "x", count: 2_000), "a\u{7}"])
    func `the same work is done for a user and for nobody`(password: String) async throws {
        let cost = try Self.cheap()
        let ada = try await PasswordHash.hash("secret", cost: cost)
        func work(for name: String) async throws -> [String] {
            let counter = Counter()
            let users = PasswordVerifier(cost: cost, capacity: counter.capacity) { $0 == "ada" ? ada : nil }
            _ = try await users.verify(username: name, password: password)
            return counter.costs.value
        }
        let (known, unknown) = (try await work(for: "ada"), try await work(for: "nobody"))
        #expect(known == unknown && known.count == (password == "secret" || password == "wrong" ? 1 : 0))
    }

    @Test func `nobody gets in although the keys agree`() async throws {
        let capacity = PasswordHash.Capacity(simultaneous: 1, waiting: 0) { [UInt8](repeating: 0, count: $0.count) }
        let users = PasswordVerifier(capacity: capacity) { _ in nil }
        #expect(try await !users.verify(username: "ada", password: "secret"))
    }

    @Test func `a look-up that fails is an error and not an answer`() async throws {
        struct Failure: Error {}
        let users = PasswordVerifier { _ in throw Failure() }
        await #expect(throws: Failure.self) { try await users.verify(username: "ada", password: "secret") }
    }

    @Test func `a hash of an old cost is replaced when its password is known`() async throws {
        let new = try #require(PasswordHash.Cost(logN: 5))
        let stored = Shared(["ada": try await PasswordHash.hash("secret", cost: try Self.cheap())])
        let counter = Counter()
        let users = PasswordVerifier(cost: new, capacity: counter.capacity) { stored.value[$0] }
            .upgrading { name, hash in stored.change { $0[name] = hash } }
        #expect(try await !users.verify(username: "ada", password: "wrong"))
        #expect(stored.value["ada"]?.cost.logN == 4)
        for _ in 0..<2 { #expect(try await users.verify(username: "ada", password: "secret")) }
        #expect(stored.value["ada"]?.cost == new)
        #expect(counter.costs.value.map { $0.prefix(4) } == ["ln=4", "ln=4", "ln=5", "ln=5"])
    }

    @Test(arguments: TestTransport.all)
    func `guards a route by Basic`(transport: TestTransport) async throws {
        let ada = try await PasswordHash.hash("secret", cost: try Self.cheap())
        let users = PasswordVerifier(cost: try Self.cheap()) { $0 == "ada" ? ada : nil }
        let basic = BasicAuthentication("Basic", realm: "R", allowInsecureHTTP: true, validate: users.verify)
        try await Server.logging { Get("/") { request in request.user.name }.authenticated(by: basic) }
            .test(over: transport) { client in
                let right = try await client.get("/", .basic("ada", "secret"))
                #expect(right.status == .ok && right.text == "ada")
                let wrong = try await client.get("/", .basic("ada", "wrong"))
                let nobody = try await client.get("/", .basic("nobody", "secret"))
                #expect(wrong.status == .unauthorized && nobody.status == .unauthorized)
            }
    }
}

import Apus
import ApusTesting
import Testing

/// What attempts under way count for, and the throttle in the scheme that uses it.
@Suite struct LoginThrottleRaceTests {
    /// A server on which logins wait for a gate, then fail.
    private static func server(_ throttle: LoginThrottle, _ entered: Shared<Int>, _ gate: Gate) -> Server {
        .logging {
            Get("/login/{name}") { request in
                let name = try request.parameters.require("name", as: String.self)
                let isRight = try await throttle.attempt(as: name, from: request) {
                    entered.change { $0 += 1 }
                    await gate.wait()
                    return false
                }
                return isRight ? Response(.ok) : Response(.unauthorized)
            }
        }
    }

    /// Or a client could try as many passwords as it can send before the first is found wrong.
    @Test(.timeLimit(.minutes(2)))
    func `attempts under way count as failures until they end`() async throws {
        let (clock, entered, gate) = (Shared(ContinuousClock.Instant.now), Shared(0), Gate())
        let throttle = LoginThrottle(clock: { clock.value })
        try await Self.server(throttle, entered, gate).test { client in
            try await withThrowingTaskGroup(of: Int.self) { tasks in
                for _ in 0..<16 { tasks.addTask { try await client.get("/login/ada").status.code } }
                while entered.value < 16 { await Task.yield() }
                let refused = try await client.get("/login/ada")
                #expect(refused.status == .tooManyRequests)
                gate.open()
                for try await status in tasks { #expect(status == 401) }
            }
            // 2^11 seconds would be the wait after sixteen failures.
            let refused = try await client.get("/login/ada")
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "300")
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `who has to wait has one attempt at a time`() async throws {
        let (clock, entered, gate) = (Shared(ContinuousClock.Instant.now), Shared(0), Gate())
        let open = Gate()
        open.open()
        let throttle = LoginThrottle(clock: { clock.value })
        try await Self.server(throttle, entered, open).test { client in
            for _ in 0..<5 { _ = try await client.get("/login/ada") }
        }
        clock.change { $0 += .seconds(1) }
        try await Self.server(throttle, entered, gate).test { client in
            async let first = client.get("/login/ada")
            while entered.value < 6 { await Task.yield() }
            let second = try await client.get("/login/ada")
            #expect(second.status == .tooManyRequests)
            gate.open()
            let failed = try await first
            #expect(failed.status == .unauthorized)
        }
    }

    @Test(arguments: TestTransport.all)
    func `Basic answers 429 without a challenge, and logs no name and no password`(
        transport: TestTransport
    ) async throws {
        let (log, checked) = (CollectedLog(), Shared(0))
        let basic = BasicAuthentication(
            "Basic", realm: "R", allowInsecureHTTP: true,
            throttle: LoginThrottle(clock: { [now = ContinuousClock.Instant.now] in now })
        ) { login in
            checked.change { $0 += 1 }
            return login.matches(username: "ada", password: "secret")
        }
        try await Server.logging(log) { Get("/") { request in request.user.name }.authenticated(by: basic) }
            .test(over: transport) { client in
                for _ in 0..<5 {
                    let wrong = try await client.get("/", .basic("hunter1", "hunter2"))
                    #expect(wrong.status == .unauthorized)
                }
                let refused = try await client.get("/", .basic("hunter1", "hunter2"))
                #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "1")
                #expect(!refused.headers.contains(.wwwAuthenticate) && checked.value == 5)
                #expect(refused.headers[.contentType] == "application/problem+json")
                let other = try await client.get("/", .basic("ada", "secret"))
                #expect(other.status == .ok && other.text == "ada")
            }
        #expect(log.text.contains("too soon") && !log.text.contains("hunter"))
    }

    @Test func `Basic with claims is slowed as well`() async throws {
        let basic = BasicAuthentication(
            "Basic", realm: "R", allowInsecureHTTP: true,
            throttle: LoginThrottle(clock: { [now = ContinuousClock.Instant.now] in now })
        ) { login -> Claims? in login.username == "ada" ? Claims(["role": "admin"]) : nil }
        try await Server.logging { Get("/") { $0.user.claims.roles.first }.authenticated(by: basic) }.test { client in
            for _ in 0..<6 {
                let right = try await client.get("/", .basic("ada", ""))
                #expect(right.text == "admin")
            }
            for status in [401, 401, 401, 401, 401, 429] {
                let wrong = try await client.get("/", .basic("bob", ""))
                #expect(wrong.status.code == status)
            }
        }
    }
}

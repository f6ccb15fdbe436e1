import Apus
import ApusTesting
import Testing

/// A login behind a throttle, with a clock that stands until a test moves it; a request says in a header where it comes
/// from.
struct ThrottledLogins: Sendable {
    let clock = Shared(ContinuousClock.Instant.now)
    let checks = Shared(0)
    let throttle: LoginThrottle

    init(_ configure: (inout LoginThrottle.Limits) -> Void = { _ in }) {
        var limits = LoginThrottle.Limits()
        configure(&limits)
        throttle = LoginThrottle(
            limits: limits, address: { $0.headers["X-From"] ?? "" }, clock: { [clock] in clock.value })
    }

    func advance(_ duration: Duration) {
        clock.change { $0 += duration }
    }

    struct OutOfReach: Error {}

    /// Everybody's password is `right`; with `broken` nothing can be said.
    var server: Server {
        .logging {
            Post("/login") { request in
                let (name, password) = (request.headers["X-Name"] ?? "", try await request.body.text())
                let isRight = try await throttle.attempt(as: name, from: request) {
                    checks.change { $0 += 1 }
                    if password == "broken" { throw OutOfReach() }
                    return password == "right"
                }
                return isRight ? Response(.ok) : Response(.unauthorized)
            }
        }
    }

    func test(_ body: (Client) async throws -> Void) async throws {
        try await server.test { client in try await body(Client(client: client)) }
    }

    struct Client: Sendable {
        let client: TestClient

        func login(_ name: String, _ password: String, from address: String = "192.0.2.1") async throws -> TestResponse
        {
            try await client.post("/login", headers: ["X-From": address, "X-Name": name], body: .text(password))
        }

        /// Logs in, and expects the status.
        func login(
            _ name: String, _ password: String, from address: String = "192.0.2.1", gives status: Response.Status,
            at place: SourceLocation = #_sourceLocation
        ) async throws {
            let response = try await login(name, password, from: address)
            #expect(response.status == status, sourceLocation: place)
        }

        /// Logs in with a wrong password as often as statuses are expected.
        func fail(
            _ expected: [Int], as name: String = "ada", from address: String = "192.0.2.1",
            at place: SourceLocation = #_sourceLocation
        ) async throws {
            var statuses: [Int] = []
            for _ in expected { statuses.append(try await login(name, "wrong", from: address).status.code) }
            #expect(statuses == expected, sourceLocation: place)
        }
    }
}

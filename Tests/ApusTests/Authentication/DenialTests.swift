import Apus
import ApusTesting
import Testing

/// A scheme may answer a client that is not let through, and add to the responses of those that are.
@Suite struct DenialTests {
    /// Knows whoever has the header `Pass: good`, and sends everyone else to a page.
    struct PageScheme: AuthenticationScheme {
        let name: String
        var answers = true

        func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
            switch request.headers["Pass"] {
            case nil: return .noCredentials
            case "good": return .principal(Principal(name: "someone", scheme: name))
            case "foreign": return .refused(AuthenticationRefusal("from elsewhere", status: .forbidden))
            default: return .refused(AuthenticationRefusal("reason for the log"))
            }
        }

        func challenge(after refusal: AuthenticationRefusal?) -> Challenge? { Challenge(name) }

        func response(to request: Request, denying denial: AuthenticationDenial) throws -> Response? {
            guard answers else { return nil }
            switch denial {
            case .unauthenticated(nil): return try .redirect(to: "/\(name)/login")
            case .unauthenticated(let refusal?): return try .redirect(to: "/\(name)/again?\(refusal.reason.count)")
            case .forbidden(let policy): return try .redirect(to: "/\(name)/denied?\(policy.name)")
            }
        }

        func complete(_ response: Response, to request: Request) throws -> Response {
            try response.header("Completed-By", "\(name) for \(request.user.name)")
        }
    }

    private static func server(_ log: CollectedLog = CollectedLog()) -> Server {
        .logging(log) {
            Group("/page") {
                Get { _ in "in" }
                Get("never") { _ in "in" }.requires(Policy("never") { _ in false })
                Get("broken") { _ -> String in throw Problem(.conflict) }
            }
            .authenticated(by: PageScheme(name: "Silent", answers: false), PageScheme(name: "Page"))
        }
    }

    static let denials: [(path: String, pass: String?, status: Int, location: String?)] = [
        ("/page", nil, 302, "/Page/login"),
        ("/page", "bad", 302, "/Page/again?18"),
        ("/page/never", "good", 302, "/Page/denied?never"),
        ("/page", "foreign", 403, nil),
        ("/page/broken", "good", 409, nil),
        ("/page", "good", 200, nil),
    ]

    @Test(arguments: TestTransport.all, denials)
    func `the first scheme that has an answer gives it in place of 401 and 403`(
        transport: TestTransport, row: (path: String, pass: String?, status: Int, location: String?)
    ) async throws {
        try await Self.server().test(over: transport) { client in
            let response = try await client.get(row.path, row.pass.map { .header("Pass", $0) })
            #expect(response.status.code == row.status)
            #expect(response.headers[.location] == row.location)
        }
    }

    @Test func `what a scheme answers is logged as the refusal that it is`() async throws {
        let log = CollectedLog()
        try await Self.server(log).test { client in
            let response = try await client.get("/page", .header("Pass", "bad"))
            #expect(response.status == .found)
            #expect(log.problems.map(\.fields["status"]) == [401])
            #expect(log.text.contains("reason for the log; reason for the log"))
        }
    }

    @Test func `the scheme that found the principal adds to its response, and to no error`() async throws {
        try await Self.server().test { client in
            let good = try await client.get("/page", .header("Pass", "good"))
            let broken = try await client.get("/page/broken", .header("Pass", "good"))
            #expect(good.headers["Completed-By"] == "Silent for someone")
            #expect(broken.headers["Completed-By"] == nil)
        }
    }

    @Test func `a status other than 401 is the answer, whatever scheme has it`() async throws {
        let foreign = PageScheme(name: "Foreign")
        try await Server.logging {
            Get("/") { _ in "in" }.authenticated(by: GuardTests.HeaderScheme(name: "First"), foreign)
        }
        .test { client in
            let both = try await client.get("/", headers: ["First": "bad", "Pass": "foreign"])
            let first = try await client.get("/", headers: ["First": "good", "Pass": "foreign"])
            #expect(both.status == .forbidden && first.status == .ok)
        }
    }
}

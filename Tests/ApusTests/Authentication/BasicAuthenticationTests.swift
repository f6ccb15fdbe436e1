import Apus
import ApusTesting
import Foundation
import Testing

@Suite struct BasicAuthenticationTests {
    private static func server(
        allowInsecureHTTP: Bool, _ log: CollectedLog = CollectedLog(), seen: Shared<[String]> = Shared([])
    ) -> Server {
        let basic = BasicAuthentication("Basic", realm: "Demo", allowInsecureHTTP: allowInsecureHTTP) { login in
            seen.change { $0.append("\(login.username)|\(login.password)") }
            return login.matches(username: "admin", password: "password") || login.username == "anyone"
        }
        return .logging(log) {
            Get("/hello") { request in "Hello, \(request.user.name)! \(request.user.scheme)" }.authenticated(by: basic)
        }
    }

    private static let challenge = #"Basic realm="Demo", charset="UTF-8""#

    private static func field(_ text: String) -> TestCredentials {
        .header("Authorization", "Basic " + Data(text.utf8).base64EncodedString())
    }

    @Test(arguments: TestTransport.all)
    func `the right credentials get in`(transport: TestTransport) async throws {
        try await Self.server(allowInsecureHTTP: true).test(over: transport) { client in
            let response = try await client.get("/hello", .basic("admin", "password"))
            #expect(response.status == .ok && response.text == "Hello, admin! Basic")
            let without = try await client.get("/hello")
            #expect(without.status == .unauthorized)
            #expect(without.headers.values(of: .wwwAuthenticate) == [Self.challenge])
        }
    }

    /// RFC 7617 §2: the first colon splits; a password may hold colons, or nothing.
    @Test func `user and password are told apart`() async throws {
        let seen = Shared<[String]>([])
        try await Self.server(allowInsecureHTTP: true, seen: seen).test { client in
            for text in ["anyone:a:b:", "anyone:", "anyone: ", "anyone:pässwörd"] {
                let response = try await client.get("/hello", Self.field(text))
                #expect(response.status == .ok)
            }
            #expect(seen.value == ["anyone|a:b:", "anyone|", "anyone| ", "anyone|pässwörd"])
        }
    }

    static let malformed: [String] = [
        "Basic", "Basic ", "Basic =", "Basic YQ", "Basic YQ=", "Basic Y Q==", "Basic YWRtaW46cGFzc3dvcmQ=x",
        // "admin:password" in the alphabet of URLs would need padding as well; here with trailing bits that are not zero.
        "Basic YWRtaW46cGFzc3dvcmR=",
        // ":password", and "adminpassword" without a colon.
        "Basic OnBhc3N3b3Jk", "Basic YWRtaW5wYXNzd29yZA==",
        // A user name with a line feed, and one that is not UTF-8.
        "Basic YQpiOmM=", "Basic /zpi",
        "BasicYWRtaW46cGFzc3dvcmQ=",
    ]

    @Test(arguments: malformed)
    func `malformed credentials do not reach the validator`(field: String) async throws {
        let seen = Shared<[String]>([])
        try await Self.server(allowInsecureHTTP: true, seen: seen).test { client in
            let response = try await client.get("/hello", .header("Authorization", field))
            #expect(response.status == .unauthorized && response.headers[.wwwAuthenticate] == Self.challenge)
            #expect(seen.value.isEmpty)
        }
    }

    @Test func `credentials over 8,192 octets are refused unread`() async throws {
        let seen = Shared<[String]>([])
        try await Self.server(allowInsecureHTTP: true, seen: seen).test { client in
            let long = try await client.get("/hello", Self.field("anyone:" + String(repeating: "x", count: 7_000)))
            #expect(long.status == .unauthorized && seen.value.isEmpty)
            let short = try await client.get("/hello", Self.field("anyone:" + String(repeating: "x", count: 6_000)))
            #expect(short.status == .ok)
        }
    }

    @Test func `the scheme's name is taken in either case`() async throws {
        try await Self.server(allowInsecureHTTP: true).test { client in
            for name in ["basic", "BASIC", "bASIC"] {
                let response = try await client.get("/hello", .header("Authorization", "\(name)  YWRtaW46cGFzc3dvcmQ="))
                #expect(response.status == .ok)
            }
        }
    }

    @Test func `several Authorization fields are none`() async throws {
        try await Self.server(allowInsecureHTTP: true).test { client in
            let field = "Basic YWRtaW46cGFzc3dvcmQ="
            let response = try await client.get("/hello", headers: ["Authorization": field, "authorization": field])
            #expect(response.status == .unauthorized)
        }
    }

    @Test func `a password over plain HTTP is refused, and the log says why`() async throws {
        let log = CollectedLog()
        let server = Self.server(allowInsecureHTTP: false, log)
        try await server.test(over: .socket) { client in
            let response = try await client.get("/hello", .basic("admin", "password"))
            #expect(response.status == .unauthorized && !response.text.contains("HTTP"))
            #expect(log.text.contains("plain HTTP"))
        }
        try await server.test(over: .tls) { client in
            let response = try await client.get("/hello", .basic("admin", "password"))
            #expect(response.status == .ok)
        }
    }

    @Test func `the reason for a refusal is logged and not sent`() async throws {
        let log = CollectedLog()
        try await Self.server(allowInsecureHTTP: true, log).test { client in
            let wrong = try await client.get("/hello", .basic("admin", "wrong"))
            let unknown = try await client.get("/hello", .basic("nobody", "password"))
            // The two differ in their ids alone: a client learns nothing about which names there are.
            var (one, other) = (try #require(try wrong.json.object), try #require(try unknown.json.object))
            (one["id"], other["id"]) = (nil, nil)
            #expect(one == other)
            #expect(log.text.contains("The user name or the password is wrong"))
        }
    }

    @Test func `claims may come with the credentials`() async throws {
        let basic = BasicAuthentication("Basic", realm: "Demo", allowInsecureHTTP: true) { login -> Claims? in
            login.username == "ada" ? Claims(["role": ["admin", "user"], "can_read": true]) : nil
        }
        try await Server.logging {
            Get("/") { request in request.user.claims.roles.joined(separator: " ") }
                .authenticated(by: basic).requires(.role("admin"), .claim("can_read", oneOf: "true"))
        }
        .test { client in
            let (ada, bob) = (
                try await client.get("/", .basic("ada", "")), try await client.get("/", .basic("bob", ""))
            )
            #expect(ada.text == "admin user" && bob.status == .unauthorized)
        }
    }
}

import Apus
import ApusTesting
import Foundation
import Testing

@testable import FullDemo

/// Everything in one server: each way in opens its own doors and no others.
@Suite(.timeLimit(.minutes(1))) struct FullDemoTests {
    private static let admin = TestCredentials.basic("admin", "password")
    private static let login = TestContent.text(
        "username=admin&password=secret", contentType: "application/x-www-form-urlencoded")
    private static let key = TestCredentials.header("X-Api-Key", "my-secret-api-key")

    private static func serve(
        _ body: @escaping @Sendable (TestClient, Certificates) async throws -> Void
    ) async throws {
        let certificates = try Certificates()
        var server = try FullDemo.server(certificates)
        server.endpoints = [
            Endpoint(
                port: 0, tls: .identity(certificates.server), clientCertificates: .requested(naming: certificates.trust)
            )
        ]
        server.logger.level = .critical
        try await server.withRunning { running in
            try await running.test { client in try await body(client, certificates) }
        }
    }

    @Test func `each way in opens its own doors`() async throws {
        try await Self.serve { client, certificates in
            let issued = try await client.get("/token/new", Self.admin)
            let bearer = TestCredentials.bearer(try issued.json["access_token"])
            let login = try await client.post("/cookies/login", body: Self.login)
            #expect(try login.status == .ok && login.json["success"] == true)
            let cookie = TestCredentials.header("Cookie", try #require(login.cookie))
            let doors: [(path: String, credentials: TestCredentials, text: String)] = [
                ("/secure/ps/hello", Self.admin, "Hello, admin!"),
                ("/secure/key/simple/hello", Self.key, "Simple Key OK"),
                ("/secure/key/ps/hello", Self.key, "PS Key OK"),
                ("/secure/key/cs/hello", Self.key, "CS Key OK"),
                ("/secure/jwt/hello", bearer, "JWT Hello admin"),
                ("/cookies/hello", cookie, "Welcome, admin! You are authenticated by Cookies Authentication."),
            ]
            for door in doors {
                let without = try await client.get(door.path)
                #expect(without.status == .unauthorized && without.headers.count(of: .wwwAuthenticate) == 1)
                for other in doors {
                    let response = try await client.get(door.path, other.credentials)
                    if other.text == door.text || (door.path.contains("/key/") && other.path.contains("/key/")) {
                        #expect(response.status == .ok && response.text == door.text)
                    } else {
                        #expect(response.status == .unauthorized)
                    }
                }
            }
            let renewed = try await client.get("/token/renew", bearer)
            #expect(try renewed.json["token_type"] == "Bearer" && renewed.json["expires_in"] == 3600)
            let shown = try await client.presenting(certificates.client).get("/secure/cert/hello")
            #expect(try shown.json["subject"] == "CN=demo-client,O=Apus")
            let hidden = try await client.get("/secure/cert/hello")
            #expect(hidden.status == .unauthorized)
        }
    }

    @Test func `a permission opens its method under every scheme`() async throws {
        try await Self.serve { client, _ in
            let issued = try await client.get("/token/new", Self.admin)
            let login = try await client.post("/cookies/login", body: Self.login)
            let ways: [(path: String, credentials: TestCredentials, way: String, name: String, writes: Bool)] = [
                ("/secure/ps/policy", Self.admin, "Basic Authentication", "admin", true),
                ("/secure/key/policy", Self.key, "an API key", "ApiKeyClient", false),
                ("/secure/jwt/policy", .bearer(try issued.json["access_token"]), "Native JWT checker", "admin", false),
                (
                    "/cookies/policy", .header("Cookie", try #require(login.cookie)), "Cookies Authentication", "admin",
                    true
                ),
            ]
            for way in ways {
                let read = try await client.get(way.path, way.credentials)
                let welcome =
                    "Welcome, \(way.name)! You are authenticated by \(way.way) because you have the 'can_read' permission."
                #expect(read.status == .ok && read.text == welcome)
                let write = try await client.put(way.path, way.credentials)
                #expect(write.status == (way.writes ? .ok : .forbidden))
                for method in [HTTP.Method.post, .delete] {
                    let refused = try await client.send(method, way.path, way.credentials)
                    #expect(refused.status == .forbidden)
                }
                let nobody = try await client.get(way.path)
                #expect(nobody.status == .unauthorized)
            }
        }
    }

    @Test func `a browser is led to the form and back`() async throws {
        try await Self.serve { client, _ in
            let browser: KeyValuePairs = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8"]
            let led = try await client.get("/cookies/hello", headers: browser)
            #expect(led.status == .found)
            #expect(led.headers[.location] == "/cookies/login?ReturnUrl=%2Fcookies%2Fhello")
            let back = try await client.post(
                "/cookies/login?ReturnUrl=%2Fcookies%2Fhello", body: Self.login)
            #expect(back.status == .seeOther && back.headers[.location] == "/cookies/hello")
        }
    }

    @Test func `the page leads somewhere with every link, and runs no scripts`() async throws {
        try await Self.serve { client, _ in
            let page = try await client.get("/")
            #expect(page.status == .ok && page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.headers[.server] == nil && !page.text.contains("<script"))
            #expect(page.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
            let links = page.text.matches(of: /href="([^"]+)"/).map { String($0.output.1) }
            #expect(links.count >= 16)
            for link in links {
                let response = try await client.get(link)
                #expect(response.status != .notFound, "\(link)")
            }
            let icon = try await client.get("/favicon.ico")
            #expect(icon.status == .ok && icon.headers[.contentType] == "image/svg+xml")
        }
    }

    /// The numbers of the tutorial.
    @Test func `the limits are those of the tutorial`() throws {
        let limits = try FullDemo.server(Certificates()).limits
        #expect(limits.content == 10_485_760 && limits.connections == 100)
        #expect(limits.decoding.fieldCount == 100 && limits.idleDeadline == .seconds(120))
    }

    @Test func `the log is written to a file as well, without secrets`() async throws {
        let path = NSTemporaryDirectory() + "apus-full-demo-\(UUID().uuidString).log"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await FullDemo.server(Certificates(), logFile: path).test(over: .inProcess(isSecure: true)) { client in
            _ = try await client.get("/secure/key/simple/hello?key=hidden", Self.key)
            _ = try await client.get("/secure/ps/hello", .basic("admin", "hidden"))
        }
        let log = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
            log.contains("status=200") && log.contains("status=401")
                && log.contains("The user name or the password is wrong"))
        #expect(!log.contains("hidden") && !log.contains("my-secret-api-key"))
    }
}

extension TestResponse {
    /// The cookie that the response sets, as a client sends it back.
    var cookie: String? { headers[.setCookie]?.split(separator: ";").first.map(String.init) }
}

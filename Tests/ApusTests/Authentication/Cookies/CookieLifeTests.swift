import Apus
import ApusTesting
import Foundation
import Testing

/// When tickets end, are issued anew, and are revoked.
@Suite struct CookieLifeTests {
    private static let secure = TestTransport.inProcess(isSecure: true)

    private static func service(isSliding: Bool = true, maximum: Duration? = nil) throws -> CookieService {
        try CookieService {
            try CookieAuthentication(
                "Cookies", cookie: "session", keys: $0, lifetime: .seconds(100), isSliding: isSliding,
                maximumLifetime: maximum)
        }
    }

    @Test func `a ticket is issued anew in the second half of its life alone`() async throws {
        let service = try Self.service()
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            let old = try #require(browser.field)
            service.clock.advance(.seconds(50))
            #expect(try await !browser.send(.get, path: "/hello", to: client).headers.contains(.setCookie))
            service.clock.advance(.seconds(1))
            let renewing = try await browser.send(.get, path: "/hello", to: client)
            #expect(renewing.headers.values(of: .setCookie).count == 1 && renewing.text == "Hello, ada by Cookies")
            #expect(renewing.headers[.cacheControl] == "no-store")
            #expect(try #require(browser.field) != old)
            service.clock.advance(.seconds(48))
            #expect(try await client.get("/hello", headers: ["Cookie": old]).status == .ok)
            service.clock.advance(.seconds(1))
            #expect(try await client.get("/hello", headers: ["Cookie": old]).status == .unauthorized)
            let staff = try await browser.send(.get, path: "/staff", to: client)
            #expect(staff.status == .ok, "The claims stay")
            service.clock.advance(.seconds(1_000))
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .unauthorized)
        }
    }

    @Test func `a ticket that does not slide ends when it was to end`() async throws {
        let service = try Self.service(isSliding: false)
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            service.clock.advance(.seconds(99))
            let late = try await browser.send(.get, path: "/hello", to: client)
            #expect(late.status == .ok && !late.headers.contains(.setCookie))
            service.clock.advance(.seconds(1))
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .unauthorized)
        }
    }

    @Test func `however busy somebody is, the maximum lifetime ends it`() async throws {
        let service = try Self.service(maximum: .seconds(250))
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            for _ in 0..<4 {
                service.clock.advance(.seconds(60))
                #expect(try await browser.send(.get, path: "/hello", to: client).status == .ok)
            }
            service.clock.advance(.seconds(9))
            let last = try await browser.send(.get, path: "/hello", to: client)
            #expect(last.status == .ok && !last.headers.contains(.setCookie))
            service.clock.advance(.seconds(1))
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .unauthorized)
        }
    }

    @Test func `a ticket of a clock that is far ahead is refused`() async throws {
        let service = try Self.service()
        service.clock.advance(.seconds(3_600))
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            service.clock.advance(.seconds(-60))
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .ok)
            service.clock.advance(.seconds(-1))
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .unauthorized)
        }
    }

    @Test func `after signing out a copy of the cookie is refused for as long as it could live`() async throws {
        let service = try Self.service()
        try await service.server.test(over: Self.secure) { client in
            var (browser, elsewhere) = (Browser(), Browser())
            browser.take(try await client.post("/login"))
            elsewhere.take(try await client.post("/login"))
            let first = try #require(browser.field)
            service.clock.advance(.seconds(60))
            _ = try await browser.send(.get, path: "/hello", to: client)
            let renewed = try #require(browser.field)
            let out = try await browser.send(.post, path: "/logout", to: client)
            #expect(out.status == .ok && browser.field == nil)
            #expect(
                out.headers.values(of: .setCookie) == [
                    "session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict"
                ])
            for _ in 0..<10 {
                for copy in [first, renewed] {
                    #expect(try await client.get("/hello", headers: ["Cookie": copy]).status == .unauthorized)
                }
                #expect(
                    try await elsewhere.send(.get, path: "/hello", to: client).status == .ok, "Another sign-in stays")
                service.clock.advance(.seconds(20))
            }
        }
    }

    @Test func `who signs out of one process is refused by those that share its keys`() async throws {
        let directory = NSTemporaryDirectory() + "/apus-cookies-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let (here, there) = (try KeyStore(directory: directory), try KeyStore(directory: directory))
        let servers = try [here, there].map { keys in
            let scheme = try CookieAuthentication("Cookies", cookie: "session", keys: keys)
            return Server.logging {
                Post("/login") { request in try scheme.signIn("ada", for: request, with: "in") }
                Post("/logout") { request in try await scheme.signOut(request, with: "out") }
                Get("/hello") { request in request.user.name }.authenticated(by: scheme)
            }
        }
        var browser = Browser()
        try await servers[0].test(over: Self.secure) { browser.take(try await $0.post("/login")) }
        let cookie = try #require(browser.field)
        try await servers[1].test(over: Self.secure) { client in
            let hello = try await client.get("/hello", headers: ["Cookie": cookie])
            #expect(hello.text == "ada")
        }
        try await servers[0].test(over: Self.secure) { client in
            let out = try await client.post("/logout", headers: ["Cookie": cookie])
            #expect(out.text == "out")
        }
        try await there.reload()
        try await servers[1].test(over: Self.secure) { client in
            let refused = try await client.get("/hello", headers: ["Cookie": cookie])
            #expect(refused.status == .unauthorized)
        }
    }

    @Test func `a handler that signs out is not overridden by a ticket issued anew`() async throws {
        let service = try Self.service()
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            service.clock.advance(.seconds(60))
            let left = try await browser.send(.get, path: "/leave", to: client)
            #expect(left.text == "left" && left.headers.values(of: .setCookie).count == 1 && browser.field == nil)
        }
    }

    @Test func `signing out twice, or without a ticket, is no error and revokes nothing more`() async throws {
        let service = try Self.service()
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            let field = try #require(browser.field)
            for cookie in [field, field, "session=x", "other=1"] {
                let out = try await client.post("/logout", headers: ["Cookie": cookie])
                #expect(out.status == .ok && out.headers[.setCookie]?.hasPrefix("session=; ") == true)
            }
            #expect(try await client.post("/logout").status == .ok)
        }
    }

    @Test func `revoking a subject ends all of its tickets, and none that come after`() async throws {
        let service = try Self.service()
        try await service.server.test(over: Self.secure) { client in
            var browsers = [Browser(), Browser()]
            for index in browsers.indices { browsers[index].take(try await client.post("/login")) }
            service.clock.advance(.seconds(60))
            let revoked = try await browsers[0].send(.get, path: "/revoke", to: client)
            #expect(revoked.text == "revoked" && !revoked.headers.contains(.setCookie), "Not issued anew meanwhile")
            for index in browsers.indices {
                #expect(try await browsers[index].send(.get, path: "/hello", to: client).status == .unauthorized)
            }
            browsers[0].take(try await client.post("/login"))
            #expect(try await browsers[0].send(.get, path: "/hello", to: client).status == .ok)
        }
    }

    @Test func `a ticket too large for one cookie comes in several, and none of the old stay`() async throws {
        let service = try Self.service()
        try await service.server.test(over: .tls) { client in
            var browser = Browser()
            browser.take(try await client.post("/login?size=6000"))
            #expect(browser.cookies.map(\.name) == ["session", "session-1", "session-2", "session-3"])
            #expect(browser.cookies[0].value == "chunks:3")
            #expect(browser.cookies.allSatisfy { $0.name.utf8.count + $0.value.utf8.count <= 4_096 })
            #expect(try await browser.send(.get, path: "/hello", to: client).text == "Hello, ada by Cookies")
            service.clock.advance(.seconds(60))
            let renewing = try await browser.send(.get, path: "/hello", to: client)
            #expect(renewing.headers.values(of: .setCookie).count == 4)
            let swapped = Browser([
                browser.cookies[0], ("session-1", browser.cookies[2].value), ("session-2", browser.cookies[1].value),
                browser.cookies[3],
            ])
            #expect(try await client.get("/hello", headers: ["Cookie": swapped.field ?? ""]).status == .unauthorized)

            browser.take(try await client.post("/login?size=4000", headers: ["Cookie": browser.field ?? ""]))
            #expect(browser.cookies.map(\.name).sorted() == ["session", "session-1", "session-2"])
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .ok)
            browser.take(try await client.post("/login", headers: ["Cookie": browser.field ?? ""]))
            #expect(browser.cookies.map(\.name) == ["session"])
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .ok)

            browser.take(try await client.post("/login?size=6000"))
            _ = try await browser.send(.post, path: "/logout", to: client)
            #expect(browser.field == nil)
        }
    }

    @Test func `a ticket too large for all of them is an error of the service`() async throws {
        let service = try Self.service()
        try await service.server.test(over: .tls) { client in
            let most = try await client.post("/login?size=13900")
            #expect(most.status == .ok && most.headers.values(of: .setCookie).count == 6)
            var browser = Browser()
            browser.take(most)
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .ok)
            let refused = try await client.post("/login?size=15000")
            #expect(refused.status == .internalServerError && !refused.headers.contains(.setCookie))
            #expect(service.log.text.contains("cookies have room for 19000"))
        }
    }
}

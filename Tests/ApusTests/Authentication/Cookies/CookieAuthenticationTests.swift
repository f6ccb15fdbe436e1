import Apus
import ApusTesting
import FoundationEssentials
import Testing

@Suite struct CookieAuthenticationTests {
    private static let secure = TestTransport.inProcess(isSecure: true)

    @Test(arguments: [TestTransport.tls, secure])
    func `one cookie signs in, and says so to nobody else`(transport: TestTransport) async throws {
        let service = try CookieService()
        try await service.server.test(over: transport) { client in
            let login = try await client.post("/login")
            #expect(login.status == .ok && login.text == "signed in")
            #expect(login.headers.values(of: .setCookie).count == 1)
            let cookie = try #require(login.headers[.setCookie])
            #expect(cookie.hasPrefix("session=") && cookie.hasSuffix("; Path=/; Secure; HttpOnly; SameSite=Strict"))
            #expect(!cookie.contains("ada") && !cookie.contains("Max-Age"))
            #expect(login.headers[.cacheControl] == "no-store")
            var browser = Browser()
            browser.take(login)
            let hello = try await browser.send(.get, path: "/hello", to: client)
            #expect(hello.status == .ok && hello.text == "Hello, ada by Cookies")
            #expect(!hello.headers.contains(.setCookie))
            let staff = try await browser.send(.get, path: "/staff", to: client)
            #expect(staff.text == "staff")
            let value = try #require(browser.cookies.first?.value)
            #expect(!service.log.text.contains(value))
        }
    }

    @Test func `without a cookie the challenge says where to sign in`() async throws {
        try await CookieService().server.test(over: Self.secure) { client in
            let refused = try await client.get("/hello")
            #expect(refused.status == .unauthorized)
            #expect(
                refused.headers.values(of: .wwwAuthenticate) == [
                    #"Cookie realm="R", form-action="/login", cookie-name="session""#
                ])
            #expect(refused.headers[.contentType] == "application/problem+json")
        }
    }

    /// Cookies made of a good one, all of which are refused alike.
    static let forgeries: [(name: String, forge: @Sendable (String) -> String)] = [
        ("empty", { _ in "session=" }), ("no ticket", { _ in "session=admin" }),
        ("cut off", { "session=\($0.dropLast())" }), ("half", { "session=\($0.prefix($0.count / 2))" }),
        ("longer", { "session=\($0)A" }), ("quoted", { "session=\"\($0)\"" }), ("padded", { "session=\($0)=" }),
        ("first changed", { "session=B\($0.dropFirst())" }), ("twice", { "session=\($0); session=\($0)" }),
        ("with another", { "session=x; session=\($0)" }), ("chunks without them", { _ in "session=chunks:2" }),
        ("one chunk", { "session=chunks:1; session-1=\($0)" }),
        ("a chunk missing", { "session=chunks:2; session-1=\($0)" }),
        ("a chunk twice", { "session=chunks:2; session-1=\($0); session-2=; session-1=\($0)" }),
        ("no chunks", { "session=chunks:0; session-1=\($0)" }), ("too many", { "session=chunks:6; session-1=\($0)" }),
        ("chunks in another spelling", { "session=chunks:02; session-1=\($0); session-2=" }),
        ("chunks in other digits", { "session=chunks:٢; session-1=\($0); session-2=" }),
    ]

    @Test(arguments: forgeries.indices) func `refuses a forged cookie`(row: Int) async throws {
        let service = try CookieService()
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            let value = try #require(browser.cookies.first?.value)
            let refused = try await client.get("/hello", headers: ["Cookie": Self.forgeries[row].forge(value)])
            #expect(refused.status == .unauthorized && refused.headers.count(of: .wwwAuthenticate) == 1)
            #expect(!refused.headers.contains(.setCookie))
            #expect(!service.log.text.contains(value.prefix(16)) && service.log.problems.count == 1)
            let chunked = try await client.get(
                "/hello",
                headers: ["Cookie": "session=chunks:2; session-1=\(value.prefix(9)); session-2=\(value.dropFirst(9))"])
            #expect(chunked.status == .ok, "What the forgeries have wrong is not that they are in chunks")
        }
    }

    @Test func `refuses a ticket changed in any character`() async throws {
        let service = try CookieService()
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            let value = Array(try #require(browser.cookies.first?.value).utf8)
            for position in value.indices {
                var changed = value
                changed[position] = changed[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
                let text = String(decoding: changed, as: UTF8.self)
                let refused = try await client.get("/hello", headers: ["Cookie": "session=\(text)"])
                #expect(refused.status == .unauthorized, "character \(position)")
            }
        }
    }

    @Test func `refuses what was sealed for another purpose, cookie or key`() async throws {
        let service = try CookieService()
        let other = try CookieService()
        let sibling = try CookieAuthentication("Cookies", cookie: "other", keys: service.keys)
        let siblingServer = Server.logging {
            Post("/login") { request in try sibling.signIn("ada", for: request, with: "in") }
        }
        var values: [String] = []
        for server in [other.server, siblingServer] {
            try await server.test(over: Self.secure) { client in
                var browser = Browser()
                browser.take(try await client.post("/login"))
                values.append(try #require(browser.cookies.first?.value))
            }
        }
        let ticket = #"{"id":"a","name":"ada","in":1700000000000,"at":1700000000000,"end":1700001800000,"claims":{}}"#
        values.append(try DataProtector(service.keys, purpose: "links").seal(Array(ticket.utf8), context: "session"))
        values.append(try DataProtector(service.keys, purpose: "cookies").seal(Array(ticket.utf8), context: ""))
        values.append(try DataProtector(service.keys, purpose: "cookies").seal(Array("{}".utf8), context: "session"))
        let good = try DataProtector(service.keys, purpose: "cookies").seal(Array(ticket.utf8), context: "session")
        try await service.server.test(over: Self.secure) { client in
            for value in values {
                let refused = try await client.get("/hello", headers: ["Cookie": "session=\(value)"])
                #expect(refused.status == .unauthorized)
            }
            #expect(try await client.get("/hello", headers: ["Cookie": "session=\(good)"]).status == .ok)
        }
    }

    @Test func `a key that rotates signs nobody out, one that is revoked everybody`() async throws {
        let service = try CookieService()
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            try await service.keys.rotate(propagation: .zero, overlap: .seconds(1))
            service.clock.advance(.seconds(1_799))
            let client2 = browser.field ?? ""
            #expect(try await client.get("/hello", headers: ["Cookie": client2]).status == .ok)
            try await service.keys.revoke(kid: "k1")
            #expect(try await client.get("/hello", headers: ["Cookie": client2]).status == .unauthorized)
            browser.take(try await client.post("/login"))
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .ok)
        }
    }

    @Test func `a ticket in clear text is refused, and nobody is signed in there`() async throws {
        let service = try CookieService()
        var browser = Browser()
        try await service.server.test(over: Self.secure) { browser.take(try await $0.post("/login")) }
        try await service.server.test(over: .inProcess(isSecure: false)) { client in
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .unauthorized)
            let login = try await client.post("/login")
            #expect(login.status == .forbidden && !login.headers.contains(.setCookie))
        }
        let open = try CookieService {
            try CookieAuthentication("Cookies", cookie: "session", keys: $0, secure: false, allowInsecureHTTP: true)
        }
        try await open.server.test(over: .socket) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            #expect(try await browser.send(.get, path: "/hello", to: client).status == .ok)
        }
    }

    @Test func `too many cookies are 431`() async throws {
        try await CookieService().server.test(over: Self.secure) { client in
            let many = String(repeating: "a=1; ", count: 201)
            let refused = try await client.get("/hello", headers: ["Cookie": many])
            #expect(refused.status == .requestHeaderFieldsTooLarge)
        }
    }

    static let mistakes: [@Sendable (KeyStore) throws -> CookieAuthentication] = [
        { _ in try CookieAuthentication("C", cookie: "a", keys: KeyStore(.generated(.es256))) },
        { try CookieAuthentication("C", cookie: "", keys: $0) },
        { try CookieAuthentication("C", cookie: "a b", keys: $0) },
        { try CookieAuthentication("C", cookie: String(repeating: "a", count: 295), keys: $0) },
        { try CookieAuthentication("C", cookie: "__Host-a", keys: $0, domain: "example.org") },
        { try CookieAuthentication("C", cookie: "__Host-a", keys: $0, path: "/a") },
        { try CookieAuthentication("C", cookie: "__Secure-a", keys: $0, secure: false) },
        { try CookieAuthentication("C", cookie: "a", keys: $0, secure: false, sameSite: .none) },
        { try CookieAuthentication("C", cookie: "a", keys: $0, login: "//elsewhere.example/login") },
        { try CookieAuthentication("C", cookie: "a", keys: $0, denied: "https://elsewhere.example") },
        { try CookieAuthentication("C", cookie: "a", keys: $0, lifetime: .zero) },
        { try CookieAuthentication("C", cookie: "a", keys: $0, maximumLifetime: .seconds(-1)) },
    ]

    @Test(arguments: mistakes.indices) func `a scheme that cannot work is not made`(row: Int) throws {
        let keys = try KeyStore(.hmac(generated: .hs256))
        #expect(throws: (any Error).self) { try Self.mistakes[row](keys) }
    }

    @Test func `the usual schemes are made`() throws {
        let keys = try KeyStore(.hmac(generated: .hs256))
        _ = try CookieAuthentication("C", cookie: "__Host-a", keys: keys, login: "/login?a=b")
        _ = try CookieAuthentication("C", cookie: "__Secure-a", keys: keys, domain: "example.org", sameSite: .none)
    }
}

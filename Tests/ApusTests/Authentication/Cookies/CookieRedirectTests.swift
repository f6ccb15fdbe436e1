import Apus
import ApusTesting
import Testing

@testable import Apus

/// Who is led to a page in place of 401 and 403, and where from there.
@Suite struct CookieRedirectTests {
    private static let secure = TestTransport.inProcess(isSecure: true)

    /// What browsers send for a navigation, and what others send.
    static let accepted: [(field: String?, isBrowser: Bool)] = [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", true),
        ("text/html", true), ("text/html, application/json;q=0.9", true), ("text/html, */*; q=0.01", true),
        (nil, false), ("*/*", false), ("application/json", false), ("application/json, text/html", false),
        ("application/json, text/html;q=0.9", false), ("text/html;q=0.5, */*", false), ("text/html;q=0", false),
        ("application/problem+json, text/html;q=0.9", false), ("text/html, */*", false), ("image/png", false),
        ("", false), ("text/html;q=2", false),
    ]

    @Test(arguments: accepted.indices) func `a browser is led to a page, everybody else is refused`(row: Int)
        async throws
    {
        let (field, isBrowser) = Self.accepted[row]
        let service = try CookieService()
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            let cookie = try #require(browser.field)
            let (login, denied): (TestResponse, TestResponse)
            if let field {
                login = try await client.get("/hello", headers: ["Accept": field])
                denied = try await client.get("/never", headers: ["Accept": field, "Cookie": cookie])
            } else {
                login = try await client.get("/hello")
                denied = try await client.get("/never", headers: ["Cookie": cookie])
            }
            #expect(login.status == (isBrowser ? .found : .unauthorized))
            #expect(login.headers[.location] == (isBrowser ? "/login?ReturnUrl=%2Fhello" : nil))
            #expect(login.headers.contains(.wwwAuthenticate) != isBrowser)
            #expect(denied.status == (isBrowser ? .found : .forbidden))
            #expect(denied.headers[.location] == (isBrowser ? "/denied?ReturnUrl=%2Fnever" : nil))
            #expect(login.headers[.cacheControl] == (isBrowser ? "no-store" : nil))
            #expect(service.log.problems.count == 2, "A refusal is logged, whatever the client gets")
        }
    }

    @Test func `a refused ticket leads to the login page as well, with the query`() async throws {
        try await CookieService().server.test(over: Self.secure) { client in
            let login = try await client.get(
                "/hello?a=b%20c&d=%2F", headers: ["Accept": "text/html", "Cookie": "session=x"])
            #expect(login.status == .found)
            #expect(login.headers[.location] == "/login?ReturnUrl=%2Fhello%3Fa%3Db%2520c%26d%3D%252F")
        }
    }

    @Test func `what cannot be asked for once more is not named`() async throws {
        try await CookieService().server.test(over: Self.secure) { client in
            let posted = try await client.post("/hello", headers: ["Accept": "text/html"])
            #expect(posted.status == .seeOther && posted.headers[.location] == "/login")
            let long = try await client.get(
                "/hello?" + String(repeating: "a", count: 2_048), headers: ["Accept": "text/html"])
            #expect(long.status == .found && long.headers[.location] == "/login")
        }
    }

    @Test func `without pages everybody is refused`() async throws {
        let service = try CookieService { try CookieAuthentication("Cookies", cookie: "session", keys: $0) }
        try await service.server.test(over: Self.secure) { client in
            var browser = Browser()
            let refused = try await browser.send(.get, path: "/hello", to: client, accept: "text/html")
            #expect(refused.status == .unauthorized)
            #expect(refused.headers[.wwwAuthenticate] == #"Cookie cookie-name="session""#)
            browser.take(try await client.post("/login"))
            #expect(try await browser.send(.get, path: "/never", to: client, accept: "text/html").status == .forbidden)
        }
    }

    @Test(arguments: [
        "/", "/hello", "/a/b?c=d&e=%2F%2F", "/a//b", "/./", "/@elsewhere.example", "/?ReturnUrl=//elsewhere.example",
        "/%2F%2Fx",
        "/%5Cx", "/a:b", "/#top",
    ])
    func `follows an address of this server`(address: String) {
        #expect(LocalReference.isLocal(address))
    }

    /// Each of these leads a browser to another host, or somewhere that only a lax reader takes for local.
    @Test(arguments: [
        "", "hello", "//elsewhere.example", "///elsewhere.example", "////x", "/\\elsewhere.example",
        "/\\/elsewhere.example",
        "\\/elsewhere.example", "\\\\elsewhere.example", "/a\\b", "/\t/elsewhere.example", "/\n/elsewhere.example",
        "/\r\nLocation: https://elsewhere.example", "\t//elsewhere.example", " //elsewhere.example", " /hello",
        "/hello ",
        "/a b", "https://elsewhere.example", "HTTPS://elsewhere.example", "http:elsewhere.example",
        "https:/elsewhere.example",
        "javascript:alert(1)", "data:text/html,x", "?a=b", "#a", "./hello", "../hello", "elsewhere.example",
        "@elsewhere.example",
        "/\0", "/\u{7F}", "/é", "/\u{2028}x", "/\u{FF0F}elsewhere.example", "~/hello", "%2Fhello",
        "/" + String(repeating: "a", count: 2_048),
    ])
    func `follows no address that leads elsewhere`(address: String) async throws {
        #expect(!LocalReference.isLocal(address))
        let server = Server.logging { Get("/") { request in request.returnURL ?? "nowhere" } }
        try await server.test { client in
            let encoded = address.utf8.map { "%" + (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined()
            let answer = try await client.get("/?ReturnUrl=" + encoded)
            #expect(answer.text == "nowhere")
        }
    }

    @Test(arguments: [
        ("/?ReturnUrl=%2Fhello%3Fa%3Db", "/hello?a=b"), ("/?a=b&ReturnUrl=/x", "/x"), ("/", "nowhere"),
        ("/?ReturnUrl=/a&ReturnUrl=/b", "nowhere"), ("/?returnurl=/a", "nowhere"), ("/?ReturnUrl=%", "nowhere"),
    ])
    func `reads the address from the query`(target: String, expected: String) async throws {
        let server = Server.logging { Get("/") { request in request.returnURL ?? "nowhere" } }
        try await server.test { client in
            let answer = try await client.get(target)
            #expect(answer.text == expected)
        }
    }
}

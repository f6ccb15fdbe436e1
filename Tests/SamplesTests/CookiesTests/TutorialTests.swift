import Apus
import ApusTesting
import Testing

@testable import Cookies

/// Every row of the tutorial's table, over TLS.
@Suite struct TutorialTests {
    private static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    @Test func `the login form is a page without scripts`() async throws {
        try await SampleServer().test { client in
            let page = try await client.get("/cookies/login")
            #expect(page.status == .ok && page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.text.contains("<form method=\"post\">") && !page.text.contains("<script"))
            for field in ["name=\"username\"", "name=\"password\""] { #expect(page.text.contains(field)) }
            #expect(page.headers[.contentSecurityPolicy]?.contains("form-action 'self'") == true)
            #expect(!page.headers.contains(.setCookie))
        }
    }

    @Test func `the right values get exactly one cookie`() async throws {
        try await SampleServer().test { client in
            let login = try await client.logIn()
            #expect(login.status == .ok && login.text == #"{"success":true}"#)
            #expect(login.headers[.contentType] == "application/json; charset=utf-8")
            #expect(login.headers.values(of: .setCookie).count == 1)
            let cookie = try #require(login.headers[.setCookie])
            #expect(cookie.hasPrefix("KestrunAuth=") && cookie.hasSuffix("; Path=/; Secure; HttpOnly; SameSite=Strict"))
        }
    }

    @Test(arguments: [
        "username=admin&password=wrong", "username=admin&password=", "username=Admin&password=secret",
        "username=&password=secret", "username=admin&password=secret+", "username=admin%00&password=secret",
    ])
    func `wrong values do not`(fields: String) async throws {
        try await SampleServer().test { client in
            let refused = try await client.logIn(fields)
            guard !fields.contains("%00") else {
                #expect(refused.status == .badRequest)
                return
            }
            #expect(refused.status == .unauthorized && refused.text == #"{"success":false}"#)
            #expect(refused.headers.contains(.wwwAuthenticate) && !refused.headers.contains(.setCookie))
        }
    }

    @Test func `no form is 400, and content of another type 415`() async throws {
        try await SampleServer().test { client in
            for refused in [
                try await client.post("/cookies/login"), try await client.logIn(""),
                try await client.logIn("username=admin"), try await client.logIn("password=secret"),
                try await client.logIn("username=%&password=secret"),
            ] {
                #expect(refused.status == .badRequest && !refused.headers.contains(.setCookie))
                #expect(refused.headers[.contentType] == "application/problem+json")
            }
            let json = try await client.post(
                "/cookies/login", body: .json(["username": "admin", "password": "secret"]))
            #expect(json.status == .unsupportedMediaType)
        }
    }

    @Test func `the cookie opens the page`() async throws {
        try await SampleServer().test { client in
            let hello = try await client.get("/cookies/hello", headers: ["Cookie": client.cookie()])
            #expect(hello.status == .ok && hello.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(hello.text == "Welcome, admin! You are authenticated by Cookies Authentication.")
        }
    }

    @Test func `logging out takes the cookie away and leads to the login page`() async throws {
        try await SampleServer().test { client in
            let cookie = try await client.cookie()
            let out = try await client.get("/cookies/logout", headers: ["Cookie": cookie])
            #expect(out.status == .found && out.headers[.location] == "/cookies/login")
            #expect(out.cookie == "KestrunAuth=" && out.headers[.setCookie]?.contains("Max-Age=0") == true)
            let replayed = try await client.get("/cookies/hello", headers: ["Cookie": cookie])
            #expect(replayed.status == .unauthorized)
        }
    }

    @Test func `without the cookie a browser is led to the login page, anybody else is refused`() async throws {
        try await SampleServer().test { client in
            let led = try await client.get("/cookies/hello", headers: ["Accept": Self.browser])
            #expect(led.status == .found)
            #expect(led.headers[.location] == "/cookies/login?ReturnUrl=%2Fcookies%2Fhello")
            for refused in [
                try await client.get("/cookies/hello"),
                try await client.get("/cookies/hello", headers: ["Accept": "*/*"]),
                try await client.get("/cookies/hello", headers: ["Accept": "application/json, text/html;q=0.9"]),
            ] {
                #expect(refused.status == .unauthorized)
                #expect(
                    refused.headers.values(of: .wwwAuthenticate) == [
                        #"Cookie form-action="/cookies/login", cookie-name="KestrunAuth""#
                    ])
            }
        }
    }

    @Test func `whom a policy refuses is led to the page for that, or refused`() async throws {
        try await SampleServer().test { client in
            let cookie = try await client.cookie()
            let led = try await client.get("/cookies/admin", headers: ["Cookie": cookie, "Accept": Self.browser])
            #expect(led.status == .found)
            #expect(led.headers[.location] == "/cookies/denied?ReturnUrl=%2Fcookies%2Fadmin")
            let refused = try await client.get("/cookies/admin", headers: ["Cookie": cookie])
            #expect(refused.status == .forbidden && refused.headers[.contentType] == "application/problem+json")
            let page = try await client.get("/cookies/denied?ReturnUrl=%2Fcookies%2Fadmin")
            #expect(page.status == .forbidden && page.text.contains("Not for you"))
        }
    }

    @Test func `after the login a browser goes on to where it was going, within this server`() async throws {
        try await SampleServer().test { client in
            let on = try await client.logIn(query: "?ReturnUrl=%2Fcookies%2Fhello%3Fa%3Db")
            #expect(on.status == .seeOther && on.headers[.location] == "/cookies/hello?a=b" && on.cookie != nil)
            for hostile in [
                "https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%09%2Fevil.example",
            ] {
                let stays = try await client.logIn(query: "?ReturnUrl=" + hostile)
                #expect(stays.status == .ok && !stays.headers.contains(.location))
            }
        }
    }

    @Test func `the greeting has curl lines with a jar for cookies`() async throws {
        var server = try CookiesSample.server
        server.logger.level = .critical
        try await server.withRunning { running in
            let greeting = CookiesSample.greeting(of: running)
            #expect(greeting.contains("curl -k -c jar -d 'username=admin&password=secret' https://127.0.0.1:"))
            #expect(greeting.contains("curl -k -b jar https://127.0.0.1:"))
        }
    }
}

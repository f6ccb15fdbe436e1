import Apus
import ApusTesting
import Foundation
import Testing

@testable import OpenIDConnect

/// The way of a browser from the shop to the provider and back.
@Suite(.timeLimit(.minutes(2))) struct SignInTests {
    @Test func `a browser signs in at the provider and comes back to where it was going`() async throws {
        try await SampleServers().test { browser, provider in
            let authorize = try await browser.beginSignIn(at: "/orders?page=2")
            #expect(authorize.hasPrefix(provider.issuer + "/authorize?"))
            // OpenID Connect Core 1.0 §3.1.2.1, RFC 7636 §4.3.
            #expect(try authorize.parameter("response_type") == "code" && authorize.parameter("client_id") == "shop")
            #expect(try authorize.parameter("scope") == "openid profile offline_access")
            #expect(try authorize.parameter("code_challenge_method") == "S256")
            for name in ["state", "nonce"] {
                #expect(try authorize.parameter(name)?.utf8.count == 22, "128 random bits")
            }
            let callback = try await browser.logIn(at: authorize)
            #expect(try callback.parameter("iss") == provider.issuer, "RFC 9207")
            let finished = try await browser.get(callback)
            #expect(finished.status == .seeOther && finished.headers[.location] == "/orders?page=2")
            let page = try await browser.get("/orders?page=2")
            #expect(page.status == .ok && page.text.contains("Orders of Ada Admin"))
        }
    }

    @Test func `the cookies of a sign-in are bound to the host, hidden, and gone when it is over`() async throws {
        try await SampleServers().test { browser, _ in
            let led = try await browser.get("/orders")
            let begun = try await browser.get(try browser.target(led))
            let line = try #require(begun.headers[.setCookie])
            #expect(line.hasPrefix("__Host-shop-in-"))
            for attribute in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=900"] {
                #expect(line.contains("; " + attribute))
            }
            #expect(!line.contains("Domain"))
            try await browser.get(try await browser.logIn(at: try browser.target(begun)))
            #expect(
                browser.cookies.map(\.name).sorted() == ["__Host-provider", "__Host-shop", "__Host-shop-tokens"])
        }
    }

    @Test func `claims of ID token and userinfo are the principal's, and policies see them`() async throws {
        try await SampleServers().test { browser, provider in
            try await browser.signIn()
            let claims = try await browser.get("/me").json
            #expect(claims["sub"] == "admin" && claims["iss"]?.string == provider.issuer)
            #expect(claims["name"] == "Ada Admin" && claims["role"]?[0] == "staff")
            for name in ["nonce", "aud", "exp", "at_hash"] { #expect(claims[name] == nil) }
            let office = try await browser.get("/admin")
            #expect(office.status == .ok)
        }
    }

    @Test(arguments: ["application/json", "*/*", ""])
    func `a client that is no browser gets 401 and where one signs in`(accept: String) async throws {
        try await SampleServers().test { browser, _ in
            let answer = try await browser.get("/orders", accept: accept)
            #expect(answer.status == .unauthorized)
            let challenge = #"Cookie form-action="/login", cookie-name="__Host-shop""#
            #expect(answer.headers.values(of: .wwwAuthenticate) == [challenge])
        }
    }

    @Test func `whoever has signed in at the provider is not asked again`() async throws {
        try await SampleServers().test { browser, _ in
            try await browser.signIn()
            browser.set("__Host-shop", nil)
            let back = try await browser.get(try await browser.beginSignIn())
            #expect(back.status == .seeOther)
            let finished = try await browser.get(try browser.target(back))
            #expect(finished.headers[.location] == "/orders")
        }
    }

    @Test func `several tabs sign in side by side`() async throws {
        try await SampleServers().test { browser, _ in
            let first = try await browser.beginSignIn(at: "/orders?tab=1")
            let second = try await browser.beginSignIn(at: "/orders?tab=2")
            let (one, other) = (try await browser.logIn(at: first), try await browser.get(second))
            let later = try await browser.get(try browser.target(other))
            #expect(later.headers[.location] == "/orders?tab=2")
            let earlier = try await browser.get(one)
            #expect(earlier.headers[.location] == "/orders?tab=1")
        }
    }

    @Test func `of many attempts the oldest are given up`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            var begun: [String] = []
            for tab in 0..<10 {
                begun.append(try await browser.beginSignIn(at: "/orders?tab=\(tab)"))
                servers.clock.change { $0 += 1 }
            }
            #expect(browser.cookies.filter { $0.name.hasPrefix("__Host-shop-in-") }.count == 8)
            let last = try await browser.get(try await browser.logIn(at: begun[9]))
            #expect(last.status == .seeOther)
            let back = try await browser.get(begun[0])
            let first = try await browser.get(try browser.target(back))
            #expect(first.status == .badRequest)
        }
    }

    @Test(arguments: ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""])
    func `nobody is led to another site afterwards`(target: String) async throws {
        try await SampleServers().test { browser, _ in
            let begun = try await browser.get("/login?\(HTTP.Query(["ReturnUrl": target]))")
            let finished = try await browser.get(try await browser.logIn(at: try browser.target(begun)))
            #expect(finished.headers[.location] == "/")
        }
    }

    @Test func `signing out ends the session here and there`() async throws {
        try await SampleServers().test { browser, provider in
            try await browser.signIn()
            let copy = browser.cookies
            let left = try await browser.post("/logout", HTTP.Query([:]))
            #expect(left.status == .seeOther)
            let there = try browser.target(left)
            #expect(there.hasPrefix(provider.issuer + "/logout?"))
            #expect(try there.parameter("id_token_hint")?.split(separator: ".").count == 3)
            let back = try await browser.get(there)
            #expect(back.status == .seeOther && back.headers[.location]?.hasSuffix("/") == true)
            #expect(browser.cookies.isEmpty)
            let page = try await browser.get(try browser.target(back))
            #expect(page.text.contains("Sign in"))
            let login = try await browser.get(try await browser.beginSignIn())
            #expect(login.text.contains("name=\"password\""), "The provider asks again")
            for cookie in copy { browser.set(cookie.name, cookie.value) }
            let replayed = try await browser.get("/orders", accept: "application/json")
            #expect(replayed.status == .unauthorized, "Copies of the cookies are of no use")
        }
    }

    @Test func `another site cannot sign anybody out`() async throws {
        try await SampleServers().test { browser, provider in
            try await browser.signIn()
            let forged = try await browser.post("/logout", HTTP.Query([:]), site: "cross-site")
            #expect(forged.status == .forbidden)
            let asked = try await browser.get(provider.issuer + "/logout?client_id=shop")
            #expect(asked.status == .ok && asked.text.contains("Sign out?"))
            let page = try await browser.get("/orders")
            #expect(page.status == .ok)
        }
    }
}

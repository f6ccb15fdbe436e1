import Apus
import ApusTesting
import Foundation
import Testing

@testable import OpenIDConnect

/// Answers that are not those to a sign-in of this browser, or do not prove who has signed in.
@Suite(.timeLimit(.minutes(2))) struct RefusalTests {
    /// Nobody is signed in, and the log says why.
    private static func expectRefusal(
        _ response: TestResponse, _ status: Response.Status, _ reason: String, _ browser: Browser, _ log: CollectedLog
    ) async throws {
        #expect(response.status == status)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(log.text.contains(reason), "\(log.text)")
        #expect(browser.cookie("__Host-shop") == nil)
        let page = try await browser.get("/orders", accept: "application/json")
        #expect(page.status == .unauthorized)
    }

    /// What is changed in the provider's answer, and why it does not count.
    static let answers: [(name: String, value: String?, reason: String)] = [
        ("state", "AAAAAAAAAAAAAAAAAAAAAA", "The state is not one of a sign-in"),
        ("state", "", "The state is not one of a sign-in"),
        ("state", "a;b=c d", "The state is not one of a sign-in"),
        ("state", nil, "The state is not one of a sign-in"),
        ("code", nil, "no parameter 'code'"),
        ("code", "AAAA", "answered 400 with the error 'invalid_grant'"),
        ("iss", "https://evil.example", "another issuer, 'https://evil.example' (RFC 9207)"),
        ("iss", nil, "does not name its issuer"),
    ]

    @Test(arguments: answers)
    func `an answer that was changed on its way signs nobody in`(
        row: (name: String, value: String?, reason: String)
    ) async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            let callback = try await browser.logIn(at: try await browser.beginSignIn())
            let answer = try await browser.get(try callback.with(row.name, row.value))
            try await Self.expectRefusal(answer, .badRequest, row.reason, browser, servers.log)
        }
    }

    @Test(arguments: ["state", "code", "iss"])
    func `an answer with two values for a parameter has none`(name: String) async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            let callback = try await browser.logIn(at: try await browser.beginSignIn())
            let answer = try await browser.get("\(callback)&\(name)=x")
            try await Self.expectRefusal(answer, .badRequest, "'\(name)' more than once", browser, servers.log)
        }
    }

    @Test func `an answer counts once`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            let callback = try await browser.logIn(at: try await browser.beginSignIn())
            let attempt = try #require(browser.cookies.first { $0.name.hasPrefix("__Host-shop-in-") })
            let first = try await browser.get(callback)
            #expect(first.status == .seeOther)
            browser.set("__Host-shop", nil)
            let second = try await browser.get(callback)
            try await Self.expectRefusal(second, .badRequest, "The state is not one", browser, servers.log)
            // Whoever has kept the cookie comes no further.
            browser.set(attempt.name, attempt.value)
            let third = try await browser.get(callback)
            try await Self.expectRefusal(third, .badRequest, "The state was used before", browser, servers.log)
        }
    }

    @Test func `an answer for another browser does not count here`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            let callback = try await browser.logIn(at: try await browser.beginSignIn())
            for cookie in browser.cookies { browser.set(cookie.name, nil) }
            let answer = try await browser.get(callback)
            try await Self.expectRefusal(answer, .badRequest, "The state is not one", browser, servers.log)
        }
    }

    @Test func `an attempt that was changed, swapped or took too long does not count`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            let first = try await browser.logIn(at: try await browser.beginSignIn())
            _ = try await browser.beginSignIn(at: "/admin")
            let cookies = browser.cookies.filter { $0.name.hasPrefix("__Host-shop-in-") }
            browser.set(cookies[0].name, cookies[1].value)
            let swapped = try await browser.get(first)
            try await Self.expectRefusal(swapped, .badRequest, "The state is not one", browser, servers.log)
            browser.set(cookies[0].name, cookies[0].value)
            servers.clock.change { $0 += 901 }
            let late = try await browser.get(first)
            try await Self.expectRefusal(late, .badRequest, "The state is not one", browser, servers.log)
        }
    }

    @Test func `a code that somebody else has used already signs nobody in`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, provider in
            let callback = try await browser.logIn(at: try await browser.beginSignIn())
            let code = try #require(try callback.parameter("code"))
            #expect(await provider.grants.redeem(.code, code) != nil)
            let answer = try await browser.get(callback)
            try await Self.expectRefusal(answer, .badRequest, "'invalid_grant'", browser, servers.log)
        }
    }

    @Test func `a code for another client's sign-in signs nobody in`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, provider in
            await provider.register(
                Client(id: "other", secret: "s", redirectURI: "https://other.example/cb", postLogoutRedirectURI: ""))
            let authorize = try await browser.beginSignIn()
            let mine = try await browser.logIn(at: authorize)
            let theirs = try await browser.get(
                try authorize.with("client_id", "other").with("redirect_uri", "https://other.example/cb"))
            let code = try browser.target(theirs).parameter("code")
            let answer = try await browser.get(try mine.with("code", code))
            try await Self.expectRefusal(answer, .badRequest, "'invalid_grant'", browser, servers.log)
        }
    }

    @Test func `a code that was asked for with another challenge signs nobody in`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            let authorize = try await browser.beginSignIn()
            let other = try CodeVerifier().challenge
            let callback = try await browser.logIn(at: try authorize.with("code_challenge", other))
            let answer = try await browser.get(callback)
            try await Self.expectRefusal(answer, .badRequest, "'invalid_grant'", browser, servers.log)
        }
    }

    @Test(arguments: [("another", "Its 'nonce' is not that"), (nil, "It has no 'nonce'")])
    func `an ID token for another attempt signs nobody in`(nonce: String?, reason: String) async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            let authorize = try await browser.beginSignIn()
            let answer = try await browser.get(try await browser.logIn(at: try authorize.with("nonce", nonce)))
            try await Self.expectRefusal(answer, .badGateway, reason, browser, servers.log)
        }
    }

    @Test func `a user who cancels is told so, and the attempt is over`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            let authorize = try await browser.beginSignIn()
            let back = try await browser.post(
                authorize.replacing("/authorize?", with: "/login?"), HTTP.Query(["cancel": "1"]))
            let answer = try await browser.get(try browser.target(back))
            try await Self.expectRefusal(answer, .forbidden, "error 'access_denied'", browser, servers.log)
            #expect(try answer.json["detail"] == "The sign-in was cancelled or is not allowed.")
            #expect(browser.cookies.isEmpty)
        }
    }

    @Test func `nothing that an answer says is shown to the user`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            let authorize = try await browser.beginSignIn()
            let back = try await browser.post(
                authorize.replacing("/authorize?", with: "/login?"), HTTP.Query(["cancel": "1"]))
            let evil = "<script>call +1 555 0100</script>"
            let url = try browser.target(back).with("error", evil).with("error_description", evil)
            let answer = try await browser.get(url)
            // With the space: the problem's id is 16 hexadecimal digits, among which there may be any three.
            #expect(answer.status == .badGateway)
            #expect(!answer.text.contains("script") && !answer.text.contains("555 0100"))
        }
    }
}

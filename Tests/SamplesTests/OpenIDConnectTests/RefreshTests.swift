import Apus
import ApusTesting
import Foundation
import Testing

@testable import OpenIDConnect

/// Sessions that go on as long as the provider says so.
@Suite(.timeLimit(.minutes(2))) struct RefreshTests {
    @Test func `tokens are refreshed when they have ended, again and again`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, provider in
            var client = try #require(await provider.grants.client("shop"))
            client.accessTokenLifetime = .seconds(40)
            await provider.register(client)
            try await browser.signIn()
            for _ in 0..<4 {
                let before = try #require(browser.cookie("__Host-shop-tokens"))
                let early = try await browser.get("/orders")
                #expect(early.status == .ok && browser.cookie("__Host-shop-tokens") == before)
                // They are refreshed half a minute before they end.
                servers.clock.change { $0 += 11 }
                let page = try await browser.get("/orders")
                #expect(page.text.contains("Ada Admin") && browser.cookie("__Host-shop-tokens") != before)
            }
        }
    }

    @Test func `requests of several tabs share one refresh`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, _ in
            try await browser.signIn()
            let old = browser.cookies
            servers.clock.change { $0 += 280 }
            for _ in 0..<3 {
                for cookie in old { browser.set(cookie.name, cookie.value) }
                let page = try await browser.get("/orders")
                #expect(page.status == .ok, "A second use of the refresh token would end the session")
            }
        }
    }

    @Test func `a session whose refresh token was taken back is over`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, provider in
            let authorize = try await browser.beginSignIn()
            let callback = try await browser.logIn(at: authorize)
            try await browser.get(callback)
            // RFC 6749 §4.1.2: a code that comes twice ends what was issued for it.
            let code = try #require(try callback.parameter("code"))
            #expect(await provider.grants.redeem(.code, code) == nil)
            servers.clock.change { $0 += 280 }
            let answer = try await browser.get("/orders", accept: "application/json")
            #expect(answer.status == .unauthorized && servers.log.text.contains("invalid_grant"))
            let led = try await browser.get("/orders")
            #expect(led.status == .found)
        }
    }

    @Test func `a session without its tokens is none`() async throws {
        try await SampleServers().test { browser, _ in
            try await browser.signIn()
            browser.set("__Host-shop-tokens", nil)
            let answer = try await browser.get("/orders", accept: "application/json")
            #expect(answer.status == .unauthorized)
        }
    }
}

import Apus
import ApusTesting
import Foundation
import Testing

@testable import OpenIDConnect

/// A client that signs who it is (`private_key_jwt`, OpenID Connect Core 1.0 §9), against the token endpoint.
@Suite(.timeLimit(.minutes(2))) struct ClientAssertionTests {
    private static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    @Test func `the shop signs in its users without a secret`() async throws {
        try await SampleServers(clientKeys: KeyStore(.generated(.es256))).test { browser, _ in
            try await browser.signIn()
            let page = try await browser.get("/orders")
            #expect(page.status == .ok && page.text.contains("Orders of Ada Admin"))
        }
    }

    @Test func `keys that rotate go on signing`() async throws {
        let keys = try KeyStore(.generated(.es256))
        try await SampleServers(clientKeys: keys).test { browser, _ in
            try await keys.rotate(propagation: .zero)
            try await browser.signIn()
            let page = try await browser.get("/orders")
            #expect(page.status == .ok)
        }
    }

    @Test func `an assertion counts once, for this endpoint, under this client's key`() async throws {
        let keys = try KeyStore(.generated(.es256))
        try await SampleServers(clientKeys: keys).test { browser, provider in
            func answer(_ assertion: String, _ further: KeyValuePairs<String, String> = [:]) async throws
                -> TestResponse
            {
                var form = HTTP.Query([
                    "grant_type": "refresh_token", "refresh_token": "none", "client_id": "shop",
                    "client_assertion_type": Self.type, "client_assertion": assertion,
                ])
                for (name, value) in further { form = form.adding(name, value) }
                return try await browser.post(provider.issuer + "/token", form)
            }
            let shop = JWTBuilder(keys: keys).issuer("shop").subject("shop").audience(provider.issuer + "/token")
                .randomIdentifier().lifetime(.seconds(60))
            let good = try await shop.build().token
            // Who the client is has been settled then, and what it asks for does not exist.
            let first = try await answer(good)
            #expect(try first.status == .badRequest && first.json["error"] == "invalid_grant")
            let twoWays = try await answer(try await shop.build().token, ["client_secret": "x"])
            #expect(try twoWays.json["error"] == "invalid_request")
            let stranger = JWTBuilder(keys: try KeyStore(.generated(.es256))).issuer("shop").subject("shop")
                .audience(provider.issuer + "/token").randomIdentifier()
            let refused = [
                good, try await stranger.build().token, try await shop.audience("https://other.example").build().token,
                try await shop.issuer("other").build().token, try await shop.subject("other").build().token, "x",
            ]
            for assertion in refused {
                let response = try await answer(assertion)
                #expect(try response.status == .unauthorized && response.json["error"] == "invalid_client")
                #expect(response.headers.count(of: .wwwAuthenticate) == 1)
            }
        }
    }
}

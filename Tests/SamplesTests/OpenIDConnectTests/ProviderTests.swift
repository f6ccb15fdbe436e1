import Apus
import ApusTesting
import Foundation
import Testing

@testable import OpenIDConnect

/// What the sample's provider owes to its clients, whoever they are.
@Suite(.timeLimit(.minutes(2))) struct ProviderTests {
    private static let secret = "a secret of the shop and the provider"

    private static func grant(_ verifier: CodeVerifier, for client: String = "shop") -> Grant {
        Grant(
            id: "1", clientID: client, redirectURI: "https://shop.example/cb", challenge: verifier.challenge,
            nonce: nil,
            scopes: ["openid", "offline_access"], user: "admin", authenticated: .now)
    }

    @Test func `a code and a refresh token count once, and twice is a theft`() async throws {
        let grants = Grants()
        let grant = Self.grant(try CodeVerifier())
        let code = try await grants.issue(.code, for: grant)
        let first = await grants.redeem(.code, code)
        #expect(first?.id == grant.id)
        let token = try await grants.issue(.refreshToken, for: grant)
        #expect(await grants.redeem(.code, token) == nil, "One is not the other")
        #expect(await grants.redeem(.refreshToken, token) != nil)
        let next = try await grants.issue(.refreshToken, for: grant)
        #expect(await grants.redeem(.refreshToken, token) == nil)
        #expect(await grants.redeem(.refreshToken, next) == nil, "Its successor has ended with it")
    }

    @Test func `a code ends after a minute`() async throws {
        let clock = Mutable(Date.now)
        let grants = Grants(clock: { clock.value })
        let (one, other) = (
            try await grants.issue(.code, for: Self.grant(CodeVerifier())),
            try await grants.issue(.code, for: Self.grant(CodeVerifier()))
        )
        clock.change { $0 += 59 }
        #expect(await grants.redeem(.code, one) != nil)
        clock.change { $0 += 1 }
        #expect(await grants.redeem(.code, other) == nil)
    }

    /// What a client sends, and the error that it gets (RFC 6749 §5.2).
    static let requests: [(form: KeyValuePairs<String, String>, login: String?, status: Int, error: String)] = [
        ([:], nil, 401, "invalid_client"),
        (["client_id": "shop"], nil, 401, "invalid_client"),
        (["client_id": "shop", "client_secret": "wrong"], nil, 401, "invalid_client"),
        (["client_id": "nobody", "client_secret": secret], nil, 401, "invalid_client"),
        ([:], "shop:wrong", 401, "invalid_client"),
        ([:], "not base64", 401, "invalid_client"),
        (["client_id": "shop", "client_secret": secret], "shop:" + secret, 400, "invalid_request"),
        (["grant_type": "password"], "shop:" + secret, 400, "unsupported_grant_type"),
        (["grant_type": "authorization_code"], "shop:" + secret, 400, "invalid_grant"),
        (["grant_type": "authorization_code", "code": "x"], "shop:" + secret, 400, "invalid_grant"),
        (["grant_type": "refresh_token", "refresh_token": "x"], "shop:" + secret, 400, "invalid_grant"),
    ]

    @Test func `the token endpoint says what is wrong`() async throws {
        try await SampleServers().test { browser, provider in
            for row in Self.requests {
                let login = row.login.map { login in
                    TestCredentials.header("Authorization", "Basic " + Data(login.utf8).base64EncodedString())
                }
                let answer = try await browser.post(provider.issuer + "/token", HTTP.Query(row.form), login: login)
                #expect(answer.status.code == row.status, "\(row)")
                #expect(try answer.json["error"]?.string == row.error, "\(row)")
                #expect((answer.headers[.wwwAuthenticate] != nil) == (row.status == 401))
                #expect(answer.headers[.cacheControl] == "no-store")
            }
        }
    }

    /// What is changed in a client's request; the error that the client is told, or nil when nobody is sent anywhere.
    static let questions: [(name: String, value: String?, error: String?)] = [
        ("client_id", "nobody", nil), ("client_id", nil, nil),
        ("redirect_uri", "https://evil.example/", nil), ("redirect_uri", nil, nil),
        ("response_type", "token", "unsupported_response_type"), ("scope", "profile", "invalid_scope"),
        ("code_challenge", nil, "invalid_request"), ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge_method", nil, "invalid_request"), ("max_age", "soon", "invalid_request"),
        ("prompt", "none login", "invalid_request"), ("prompt", "none", "login_required"),
        ("request", "eyJ", "request_not_supported"),
    ]

    @Test func `a request that is wrong is answered to its client, if that is certain`() async throws {
        try await SampleServers().test { browser, provider in
            let authorize = try await browser.beginSignIn()
            for row in Self.questions {
                let answer = try await browser.get(try authorize.with(row.name, row.value))
                let location = answer.headers[.location]
                #expect(try location?.parameter("error") == row.error, "\(row)")
                if let location {
                    #expect(try location.parameter("state") == authorize.parameter("state"))
                    #expect(try location.parameter("iss") == provider.issuer)
                } else {
                    #expect(answer.status == .badRequest)
                }
            }
            let twice = try await browser.get(authorize + "&redirect_uri=https%3A%2F%2Fevil.example")
            #expect(twice.status == .badRequest)
        }
    }

    @Test func `another site cannot fill in the login form`() async throws {
        try await SampleServers().test { browser, _ in
            let authorize = try await browser.beginSignIn()
            let login = authorize.replacing("/authorize?", with: "/login?")
            let forged = try await browser.post(login, Browser.login, site: "cross-site")
            #expect(forged.status == .forbidden && browser.cookie("__Host-provider") == nil)
        }
    }

    @Test func `a client's name is shown as text`() async throws {
        try await SampleServers().test { browser, provider in
            await provider.register(
                Client(
                    id: "<script>", secret: "s", redirectURI: "https://other.example/cb", postLogoutRedirectURI: ""))
            let page = try await browser.get(
                try await browser.beginSignIn().with("client_id", "<script>")
                    .with("redirect_uri", "https://other.example/cb").with("state", "\"><img src=x>"))
            #expect(page.status == .ok && page.text.contains("&lt;script&gt;"))
            #expect(!page.text.contains("<script") && !page.text.contains("<img"))
            #expect(page.headers[.contentSecurityPolicy]?.contains("form-action 'self' https://other.example;") == true)
        }
    }
}

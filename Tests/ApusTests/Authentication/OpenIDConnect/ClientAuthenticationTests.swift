import Foundation
import Testing

@testable import Apus

/// OpenID Connect Core 1.0 §9.
@Suite struct ClientAuthenticationTests {
    private static let endpoint = "https://login.example/token"

    private func authenticate(
        _ method: ClientAuthentication, as client: String = "s6BhdRkqt3"
    ) async throws -> (form: HTTP.Query, authorization: String?) {
        try await method.authenticate(HTTP.Query(["code": "x"]), as: client, at: Self.endpoint, clock: { Date.now })
    }

    // The example of RFC 6749 §2.3.1; and both parts encoded as a form is.
    @Test(arguments: [
        ("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw", "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3"),
        ("a:b", "c=d%", "Basic " + Data("a%3Ab:c%3Dd%25".utf8).base64EncodedString()),
    ])
    func `a secret goes into the Authorization field`(client: String, secret: String, field: String) async throws {
        let (form, authorization) = try await authenticate(.secret(secret), as: client)
        #expect(authorization == field && form.encoded == "code=x")
    }

    @Test func `a secret goes into the form, and nowhere else`() async throws {
        let (form, authorization) = try await authenticate(.secretInForm("a&b"))
        #expect(authorization == nil && form.encoded == "code=x&client_id=s6BhdRkqt3&client_secret=a%26b")
    }

    @Test func `without a secret a client says its name`() async throws {
        let (form, authorization) = try await authenticate(.none)
        #expect(authorization == nil && form.encoded == "code=x&client_id=s6BhdRkqt3")
    }

    // RFC 7523 §3, OpenID Connect Core 1.0 §9.
    @Test func `an assertion is signed, short-lived, and for the token endpoint alone`() async throws {
        let keys = try KeyStore(.generated(.es256))
        var identifiers: Set<String> = []
        for _ in 0..<2 {
            let (form, authorization) = try await authenticate(.privateKey(keys))
            #expect(authorization == nil && form["client_secret"] == nil)
            #expect(form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            let parameters = ValidationParameters(
                keys: keys, issuers: ["s6BhdRkqt3"], audiences: [Self.endpoint])
            let claims = try parameters.verify(try #require(form["client_assertion"])).claims
            #expect(claims.subject == "s6BhdRkqt3" && claims.audience == [Self.endpoint])
            let issued = try #require(claims.issuedAt)
            #expect(claims.expires == issued.addingTimeInterval(60))
            identifiers.insert(try #require(claims.identifier))
        }
        #expect(identifiers.count == 2)
    }

    @Test func `shows no secret`() {
        var shown = ""
        for method in [ClientAuthentication.secret("hunter2"), .secretInForm("hunter2")] {
            shown += "\(method) \(String(reflecting: method))"
            dump(method, to: &shown)
        }
        #expect(!shown.contains("hunter2") && shown.contains("client_secret_basic"))
    }
}

import Testing

@testable import Apus

/// OpenID Connect Discovery 1.0 §4, RFC 8414 §3.
@Suite struct IssuerMetadataTests {
    static let addresses: [(issuer: String, openID: String, oauth: String)] = [
        (
            "https://example.com", "https://example.com/.well-known/openid-configuration",
            "https://example.com/.well-known/oauth-authorization-server"
        ),
        (
            "https://example.com/", "https://example.com/.well-known/openid-configuration",
            "https://example.com/.well-known/oauth-authorization-server"
        ),
        // The examples of OpenID Connect Discovery 1.0 §4.1 and RFC 8414 §3.1.
        (
            "https://example.com/issuer1", "https://example.com/issuer1/.well-known/openid-configuration",
            "https://example.com/.well-known/oauth-authorization-server/issuer1"
        ),
        (
            "https://example.com:8443/a/b/", "https://example.com:8443/a/b/.well-known/openid-configuration",
            "https://example.com:8443/.well-known/oauth-authorization-server/a/b"
        ),
    ]

    @Test(arguments: addresses)
    func `looks where the standards say`(issuer: String, openID: String, oauth: String) {
        #expect(IssuerMetadata.addresses(of: issuer, allowInsecureHTTP: false) == [openID, oauth])
    }

    @Test(arguments: [
        "http://example.com", "http://127.0.0.1", "example.com", "", "https://", "https:///x", "ftp://example.com",
        "https://example.com?x", "https://example.com/#x", "https://user@example.com", "https://a b",
        "https://ex\u{e4}mple.com",
        "https://example.com:0", "https://example.com:70000",
    ])
    func `takes nothing else for an issuer`(issuer: String) {
        #expect(IssuerMetadata.addresses(of: issuer, allowInsecureHTTP: false).isEmpty)
        #expect(throws: StartError.self) { try RemoteIssuer(issuer) }
    }

    private func read(_ text: String) throws -> String {
        try IssuerMetadata(Array(text.utf8), of: "https://example.com", allowInsecureHTTP: false).keySetURL
    }

    @Test func `finds the address of the keys, on whatever server`() throws {
        let text = #"{"issuer":"https://example.com","jwks_uri":"https://keys.example.net/jwks","x":[]}"#
        #expect(try read(text) == "https://keys.example.net/jwks")
    }

    static let useless: [(text: String, error: IssuerMetadataError)] = [
        (#"{"issuer":"https://example.com/","jwks_uri":"https://k"}"#, .otherIssuer("https://example.com/")),
        (#"{"issuer":"https://EXAMPLE.com","jwks_uri":"https://k"}"#, .otherIssuer("https://EXAMPLE.com")),
        (#"{"issuer":"https://evil.example","jwks_uri":"https://k"}"#, .otherIssuer("https://evil.example")),
        (#"{"jwks_uri":"https://k"}"#, .memberMissing("issuer")),
        (#"{"issuer":["https://example.com"],"jwks_uri":"https://k"}"#, .memberMissing("issuer")),
        (#"{"issuer":"https://example.com"}"#, .memberMissing("jwks_uri")),
        (#"{"issuer":"https://example.com","jwks_uri":"http://127.0.0.1/"}"#, .addressRefused("http://127.0.0.1/")),
        (#"{"issuer":"https://example.com","jwks_uri":"file:///k"}"#, .addressRefused("file:///k")),
        (#"{"issuer":"https://example.com","jwks_uri":"/k"}"#, .addressRefused("/k")),
        (#"{"issuer":"https://evil","issuer":"https://example.com","jwks_uri":"https://k"}"#, .malformed),
        ("<html>", .malformed),
        ("[]", .memberMissing("issuer")),
    ]

    @Test(arguments: useless)
    func `believes nothing else`(text: String, error: IssuerMetadataError) {
        #expect(throws: error) { try read(text) }
    }
}

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
        (
            #"{"issuer":"https://example.com","jwks_uri":"http://127.0.0.1/"}"#,
            .addressRefused("http://127.0.0.1/", member: "jwks_uri")
        ),
        (#"{"issuer":"https://example.com","jwks_uri":"file:///k"}"#, .addressRefused("file:///k", member: "jwks_uri")),
        (#"{"issuer":"https://example.com","jwks_uri":"/k"}"#, .addressRefused("/k", member: "jwks_uri")),
        (#"{"issuer":"https://evil","issuer":"https://example.com","jwks_uri":"https://k"}"#, .malformed),
        ("<html>", .malformed),
        ("[]", .memberMissing("issuer")),
    ]

    @Test(arguments: useless)
    func `believes nothing else`(text: String, error: IssuerMetadataError) {
        #expect(throws: error) { try read(text) }
    }

    private func metadata(_ members: String) throws -> IssuerMetadata {
        let text = #"{"issuer":"https://example.com","jwks_uri":"https://example.com/jwks"\#(members)}"#
        return try IssuerMetadata(Array(text.utf8), of: "https://example.com", allowInsecureHTTP: false)
    }

    private static let login =
        #","authorization_endpoint":"https://example.com/a","token_endpoint":"https://example.com/t""#

    @Test func `a provider of OpenID Connect says where one signs in`() throws {
        let others =
            #","userinfo_endpoint":"https://example.com/u","end_session_endpoint":"https://example.com/e""#
            + #","authorization_response_iss_parameter_supported":true,"code_challenge_methods_supported":["plain","S256"]"#
        let endpoints = try ProviderEndpoints(metadata(Self.login + others))
        #expect(endpoints.authorization == "https://example.com/a" && endpoints.token == "https://example.com/t")
        #expect(endpoints.userinfo == "https://example.com/u" && endpoints.endSession == "https://example.com/e")
        #expect(endpoints.namesIssuer)
        let few = try ProviderEndpoints(metadata(Self.login))
        #expect(few.userinfo == nil && few.endSession == nil && !few.namesIssuer)
    }

    static let unfit: [(members: String, error: IssuerMetadataError)] = [
        ("", .memberMissing("authorization_endpoint")),
        (#","authorization_endpoint":"https://example.com/a""#, .memberMissing("token_endpoint")),
        (
            #","authorization_endpoint":"http://example.com/a","token_endpoint":"https://example.com/t""#,
            .addressRefused("http://example.com/a", member: "authorization_endpoint")
        ),
        (
            #","authorization_endpoint":"javascript:alert(1)","token_endpoint":"https://example.com/t""#,
            .addressRefused("javascript:alert(1)", member: "authorization_endpoint")
        ),
        (
            login + #","userinfo_endpoint":"https://example.com/#x""#,
            .addressRefused("https://example.com/#x", member: "userinfo_endpoint")
        ),
        (login + #","end_session_endpoint":7"#, .memberMissing("end_session_endpoint")),
        (
            login + #","code_challenge_methods_supported":["plain"]"#,
            .notSupported("S256", member: "code_challenge_methods_supported")
        ),
    ]

    @Test(arguments: unfit)
    func `without what a sign-in needs nobody signs in, and tokens are verified all the same`(
        members: String, error: IssuerMetadataError
    ) throws {
        let metadata = try metadata(members)
        #expect(throws: error) { try ProviderEndpoints(metadata) }
    }

    // OpenID Connect Discovery 1.0 §3: "If omitted, the default is client_secret_basic".
    @Test(arguments: [
        ("", ["client_secret_basic"]),
        (#","token_endpoint_auth_methods_supported":["private_key_jwt","none"]"#, ["private_key_jwt", "none"]),
    ])
    func `a client proves who it is as the provider wants it`(members: String, names: [String]) throws {
        let endpoints = try ProviderEndpoints(metadata(Self.login + members))
        let keys = try KeyStore(.generated(.es256))
        for method in [ClientAuthentication.none, .secret("s"), .secretInForm("s"), .privateKey(keys)] {
            if names.contains(method.name) {
                try endpoints.check(method)
            } else {
                #expect(
                    throws: IssuerMetadataError.notSupported(
                        method.name, member: "token_endpoint_auth_methods_supported")
                ) { try endpoints.check(method) }
            }
        }
    }

    // RFC 6749 §3.1: the query that the endpoint has is kept.
    @Test(arguments: [
        ("https://e.example/a", "https://e.example/a?x=%2F"),
        ("https://e.example/a?t=1", "https://e.example/a?t=1&x=%2F"),
    ])
    func `an endpoint keeps its query`(endpoint: String, address: String) {
        #expect(ProviderEndpoints.address(endpoint, with: HTTP.Query(["x": "/"])) == address)
    }
}

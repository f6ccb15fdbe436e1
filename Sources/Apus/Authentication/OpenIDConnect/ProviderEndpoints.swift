import ApusHTTP

/// Where an OpenID provider does what, as its metadata says (OpenID Connect Discovery 1.0 §3).
struct ProviderEndpoints: Sendable {
    let authorization: String
    let token: String
    let userinfo: String?
    let endSession: String?
    /// Whether each answer to a sign-in must name the issuer (RFC 9207 §3).
    let namesIssuer: Bool
    private let authenticationMethods: [String]

    /// - Throws: `IssuerMetadataError` for an address that is missing or not one of https.
    init(_ metadata: IssuerMetadata) throws(IssuerMetadataError) {
        authorization = try metadata.address("authorization_endpoint")
        token = try metadata.address("token_endpoint")
        userinfo = try metadata.optionalAddress("userinfo_endpoint")
        endSession = try metadata.optionalAddress("end_session_endpoint")
        namesIssuer = metadata.isTrue("authorization_response_iss_parameter_supported")
        // OpenID Connect Discovery 1.0 §3: left out, it is this one.
        authenticationMethods = metadata.list("token_endpoint_auth_methods_supported") ?? ["client_secret_basic"]
        // Left out it says nothing: providers did PKCE before they said so (RFC 8414 §2), and others pass it over.
        if let methods = metadata.list("code_challenge_methods_supported"), !methods.contains("S256") {
            throw .notSupported("S256", member: "code_challenge_methods_supported")
        }
    }

    /// - Throws: `IssuerMetadataError.notSupported` when the provider does not take this method.
    func check(_ authentication: ClientAuthentication) throws(IssuerMetadataError) {
        guard authenticationMethods.contains(authentication.name) else {
            throw .notSupported(authentication.name, member: "token_endpoint_auth_methods_supported")
        }
    }

    /// An endpoint's address with more in its query; what is there already stays (RFC 6749 §3.1).
    static func address(_ endpoint: String, with query: HTTP.Query) -> String {
        "\(endpoint)\(endpoint.contains("?") ? "&" : "?")\(query.encoded)"
    }
}

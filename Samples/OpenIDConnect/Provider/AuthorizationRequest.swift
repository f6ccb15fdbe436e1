import Apus

/// What a client asks for through the browser, as far as it is right (OpenID Connect Core 1.0 §3.1.2.1).
struct AuthorizationRequest: Sendable {
    /// All of it, as it came.
    let parameters: HTTP.Query
    let client: Client
    let state: String?
    let nonce: String?
    let challenge: String
    let scopes: [String]
    let maximumAge: Int?
    /// Words of `prompt`.
    let prompts: [String]

    /// An error that the client is told, by way of the browser (RFC 6749 §4.1.2.1).
    struct Refusal: Error {
        let code: String
        let client: Client
        let state: String?
    }

    private static let names = [
        "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method", "prompt", "max_age", "request", "request_uri",
    ]

    /// - Throws: `Problem` 400 when it is not clear who asks, so that nobody is sent anywhere; `Refusal` otherwise.
    init(_ query: HTTP.Query, from grants: Grants) async throws {
        for name in Self.names where query.values(of: name).count > 1 {
            throw Problem(.badRequest, "The parameter '\(name)' is there more than once.")
        }
        guard let client = await grants.client(query["client_id"]) else {
            throw Problem(.badRequest, "The client is not known here.")
        }
        guard query["redirect_uri"] == client.redirectURI else {
            throw Problem(.badRequest, "The redirect URI is not the one that this client has registered.")
        }
        let state = query["state"]
        func demand(_ isMet: Bool, _ code: String) throws {
            guard isMet else { throw Refusal(code: code, client: client, state: state) }
        }
        let scopes = (query["scope"] ?? "").split(separator: " ").map(String.init)
        let prompts = (query["prompt"] ?? "").split(separator: " ").map(String.init)
        try demand(query["request"] == nil, "request_not_supported")
        try demand(query["request_uri"] == nil, "request_uri_not_supported")
        try demand(query["response_type"] == "code", "unsupported_response_type")
        try demand(scopes.contains("openid"), "invalid_scope")
        try demand(!prompts.contains("none") || prompts.count == 1, "invalid_request")
        // RFC 9700 §2.1.1: without PKCE somebody else's code could be put in the place of one's own.
        try demand(query["code_challenge_method"] == "S256", "invalid_request")
        try demand(query["code_challenge"]?.utf8.count == 43, "invalid_request")
        if let age = query["max_age"] { try demand((Int(age) ?? -1) >= 0, "invalid_request") }
        parameters = query
        self.client = client
        self.state = state
        self.scopes = scopes.filter(["openid", "profile", "offline_access"].contains)
        self.prompts = prompts
        nonce = query["nonce"]
        challenge = query["code_challenge"] ?? ""
        maximumAge = query["max_age"].flatMap { Int($0) }
    }
}

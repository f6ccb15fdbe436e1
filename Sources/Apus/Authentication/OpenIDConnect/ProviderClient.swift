import ApusHTTP
import ApusJOSE
import Synchronization

/// What a client asks an OpenID provider for, server to server.
struct ProviderClient: Sendable {
    let issuer: RemoteIssuer
    let clientID: String
    let authentication: ClientAuthentication
    let fetcher: HTTPSFetcher
    private let load = RequestLoad()

    init(issuer: RemoteIssuer, clientID: String, authentication: ClientAuthentication, fetcher: HTTPSFetcher) {
        self.issuer = issuer
        self.clientID = clientID
        self.authentication = authentication
        self.fetcher = fetcher
    }

    /// Where the provider does what, fetched when it is not known.
    ///
    /// - Throws: `SignInError.unreachable` and `.metadata`.
    func endpoints() async throws -> ProviderEndpoints {
        guard let metadata = await issuer.metadata() else {
            throw SignInError.unreachable("its metadata and keys are not available")
        }
        do throws(IssuerMetadataError) {
            let endpoints = try ProviderEndpoints(metadata)
            try endpoints.check(authentication)
            return endpoints
        } catch {
            throw SignInError.metadata(error)
        }
    }

    /// Exchanges a code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5).
    func tokens(
        for code: String, verifier: CodeVerifier, redirectURI: String, at endpoint: String
    ) async throws -> TokenResponse {
        let form = HTTP.Query([
            "grant_type": "authorization_code", "code": code, "redirect_uri": redirectURI,
            "code_verifier": verifier.text,
        ])
        return try await tokens(for: form, at: endpoint)
    }

    /// Exchanges a refresh token for new tokens (RFC 6749 §6).
    func tokens(refreshing refreshToken: String, at endpoint: String) async throws -> TokenResponse {
        try await tokens(
            for: HTTP.Query(["grant_type": "refresh_token", "refresh_token": refreshToken]), at: endpoint)
    }

    private func tokens(for form: HTTP.Query, at endpoint: String) async throws -> TokenResponse {
        let (form, authorization) = try await authentication.authenticate(
            form, as: clientID, at: endpoint, clock: issuer.clock)
        let request = try OutgoingRequest(
            endpoint, form: form, authorization: authorization, maximumOctets: TokenResponse.maximumOctets)
        return try TokenResponse(try await send(request))
    }

    /// What the provider tells about the user (OpenID Connect Core 1.0 §5.3).
    ///
    /// - Parameter subject: whom it must be about, which keeps one user's token from bringing another's claims (§5.3.2).
    func userinfo(at endpoint: String, accessToken: String, subject: String) async throws -> Claims {
        let request = try OutgoingRequest(
            endpoint, bearing: accessToken, maximumOctets: TokenResponse.maximumOctets)
        let response = try await send(request)
        guard response.answer.status < 500 else {
            throw SignInError.unreachable("the userinfo endpoint answered \(response.answer.status)")
        }
        guard response.answer.status == 200 else {
            throw SignInError.userinfo("it has status \(response.answer.status)")
        }
        guard response.mediaType == "application/json" else {
            throw SignInError.userinfo("it is no JSON; signed and encrypted responses are not asked for")
        }
        guard case .object(let members)? = try? JSONValue.parse(response.answer.body) else {
            throw SignInError.userinfo("it is no JSON object")
        }
        guard let named = members["sub"]?.string, named.utf8.elementsEqual(subject.utf8) else {
            throw SignInError.userinfo("its 'sub' is not that of the ID token")
        }
        return Claims(members)
    }

    private func send(_ request: OutgoingRequest) async throws -> FetchedResponse {
        guard load.enter() else {
            throw SignInError.unreachable("\(RequestLoad.maximum) requests to it are under way already")
        }
        defer { load.leave() }
        do {
            return try await fetcher.send(request)
        } catch {
            try Task.checkCancellation()
            throw SignInError.unreachable("\(error)")
        }
    }
}

/// How many requests to the provider are under way: each costs a connection and a thread, and every browser can cause one.
private final class RequestLoad: Sendable {
    static let maximum = 100

    private let count = Mutex(0)

    func enter() -> Bool {
        count.withLock { count in
            guard count < Self.maximum else { return false }
            count += 1
            return true
        }
    }

    func leave() {
        count.withLock { $0 -= 1 }
    }
}

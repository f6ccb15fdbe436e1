import Apus
import Foundation

extension Provider {
    /// An error of the token endpoint (RFC 6749 §5.2).
    private struct Refusal: Error {
        let code: String
        var status = Response.Status.badRequest
    }

    /// The token endpoint: codes and refresh tokens for tokens (OpenID Connect Core 1.0 §3.1.3 and §12).
    nonisolated(nonsending) func tokens(_ request: Request) async throws -> Response {
        do {
            let form = try await request.form()
            let client = try await self.client(request, form)
            let grant = try await grant(form, client)
            return try await tokens(for: grant, client)
        } catch let refusal as Refusal {
            var json = try JSON(["error": refusal.code], status: refusal.status).header(.cacheControl, "no-store")
            if refusal.status == .unauthorized { json = try json.header(.wwwAuthenticate, #"Basic realm="token""#) }
            return try json.response(to: request)
        }
    }

    /// The client that proves who it is, in the Authorization field or in the form, and in one way alone (RFC 6749 §2.3).
    private nonisolated(nonsending) func client(_ request: Request, _ form: HTTP.Query) async throws -> Client {
        let field = request.headers[.authorization]
        let proofs = [field, form["client_secret"], form["client_assertion"]].compactMap(\.self)
        guard proofs.count <= 1 else { throw Refusal(code: "invalid_request") }
        if let assertion = form["client_assertion"] { return try await client(assertion, form) }
        let (id, secret) = field.map(Self.login) ?? (form["client_id"], form["client_secret"])
        guard let client = await grants.client(id), client.keys == nil, let secret,
            secret.utf8.elementsEqual(client.secret.utf8)
        else {
            throw Refusal(code: "invalid_client", status: .unauthorized)
        }
        return client
    }

    /// The client that signs who it is, `private_key_jwt` (OpenID Connect Core 1.0 §9).
    private nonisolated(nonsending) func client(_ assertion: String, _ form: HTTP.Query) async throws -> Client {
        guard form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            let client = await grants.client(form["client_id"]), let keys = client.keys,
            let claims = try? ValidationParameters(keys: keys, issuers: [client.id], audiences: [issuer + "/token"])
                .verify(assertion).claims,
            claims.subject == client.id, let id = claims.identifier, let end = claims.expires,
            await grants.isFirstUse(ofAssertion: id, until: end.addingTimeInterval(60))
        else { throw Refusal(code: "invalid_client", status: .unauthorized) }
        return client
    }

    /// RFC 6749 §2.3.1: both parts are encoded as a form is.
    private static func login(_ field: String) -> (id: String?, secret: String?) {
        let parts = field.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])),
            let colon = data.firstIndex(of: UInt8(ascii: ":"))
        else { return (nil, nil) }
        let decoded = [data[..<colon], data[(colon + 1)...]].map { part in
            try? HTTP.Query(String(decoding: part, as: UTF8.self)).items.first?.name
        }
        return (decoded[0], decoded[1])
    }

    private nonisolated(nonsending) func grant(_ form: HTTP.Query, _ client: Client) async throws -> Grant {
        switch form["grant_type"] {
        case "authorization_code":
            // A code that comes with something wrong is used up: whoever tries it may have found it.
            guard let grant = await grants.redeem(.code, form["code"]), grant.clientID == client.id,
                grant.redirectURI == form["redirect_uri"],
                form["code_verifier"].flatMap({ CodeVerifier($0) })?.answers(grant.challenge) == true
            else { throw Refusal(code: "invalid_grant") }
            return grant
        case "refresh_token":
            guard let grant = await grants.redeem(.refreshToken, form["refresh_token"]),
                grant.clientID == client.id
            else { throw Refusal(code: "invalid_grant") }
            return grant
        default:
            throw Refusal(code: "unsupported_grant_type")
        }
    }

    private nonisolated(nonsending) func tokens(for grant: Grant, _ client: Client) async throws -> Response {
        let access = try await accessTokens.subject(grant.user).claim(.clientID, grant.clientID)
            .claim(.scope, grant.scopes.joined(separator: " ")).lifetime(client.accessTokenLifetime).build()
        var idToken = idTokens.audience(grant.clientID).subject(grant.user)
            .claim(.authenticationTime, grant.authenticated)
        if let nonce = grant.nonce { idToken = idToken.claim("nonce", nonce) }
        var members: JSONValue = [
            "access_token": .string(access.token), "token_type": "Bearer",
            "expires_in": JSONValue(integerLiteral: access.expiresIn),
            "id_token": .string(try await idToken.build().token),
            "scope": .string(grant.scopes.joined(separator: " ")),
        ]
        if grant.scopes.contains("offline_access"), case .object(var object) = members {
            object["refresh_token"] = .string(try await grants.issue(.refreshToken, for: grant))
            members = .object(object)
        }
        return try Response(octets: members.serialized(), contentType: .json).header(.cacheControl, "no-store")
    }
}

import Apus
import ApusTesting
import Testing

/// A scheme that a service brings along has the powers of ours: here, requests that are signed with a shared secret.
@Suite struct SignedRequestTests {
    /// `Authorization: Signed CLIENT SIGNATURE`, a detached JWS (RFC 7515 appendix F) of method, path and content.
    struct SignedRequests: AuthenticationScheme {
        let name = "Signed"
        let clients: [String: SigningKey]

        func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
            let parts = request.headers[.authorization]?.split(separator: " ").map(String.init) ?? []
            guard parts.first == "Signed" else { return .noCredentials }
            guard parts.count == 3, let key = clients[parts[1]] else {
                return .refused(AuthenticationRefusal("an unknown client", code: "unknown_client"))
            }
            let text = Self.signedText(request.method, request.path)
            guard (try? JWS.verify(parts[2], with: [key.verificationKey], detachedPayload: text)) != nil else {
                return .refused(
                    AuthenticationRefusal("the signature is not over this request", code: "wrong_signature"))
            }
            return .principal(Principal(name: parts[1], scheme: name))
        }

        func challenge(after refusal: AuthenticationRefusal?) -> Challenge? {
            Challenge("Signed", ["error": refusal?.code])
        }

        static func signedText(_ method: HTTP.Method, _ path: String) -> [UInt8] {
            Array("\(method.token) \(path)".utf8)
        }
    }

    private static func credentials(
        _ client: String, _ key: SigningKey, _ method: HTTP.Method, _ path: String
    ) throws -> TestCredentials {
        let text = try JWS.sign(SignedRequests.signedText(method, path), with: key, detached: true)
        return .header("Authorization", "Signed \(client) \(text)")
    }

    @Test(arguments: TestTransport.all)
    func `a request is let through when its own signature is good`(transport: TestTransport) async throws {
        let (key, other) = (try SigningKey.generated(.hs256), try SigningKey.generated(.hs256))
        let scheme = SignedRequests(clients: ["shop": key, "suspended": key])
        let rows: [(credentials: TestCredentials?, status: Int, challenge: String?)] = [
            (try Self.credentials("shop", key, .get, "/orders"), 200, nil),
            (nil, 401, "Signed"),
            (.basic("shop", "password"), 401, "Signed"),
            (try Self.credentials("stranger", key, .get, "/orders"), 401, #"Signed error="unknown_client""#),
            (try Self.credentials("shop", other, .get, "/orders"), 401, #"Signed error="wrong_signature""#),
            (try Self.credentials("shop", key, .delete, "/orders"), 401, #"Signed error="wrong_signature""#),
            (try Self.credentials("shop", key, .get, "/other"), 401, #"Signed error="wrong_signature""#),
            (try Self.credentials("suspended", key, .get, "/orders"), 403, nil),
        ]
        try await Server.logging {
            Get("/orders") { request in "orders of \(request.user.name)" }
                .authenticated(by: scheme).requires(Policy("active") { $0.name != "suspended" })
        }
        .test(over: transport) { client in
            for row in rows {
                let response = try await client.get("/orders", row.credentials)
                #expect(response.status.code == row.status)
                #expect(response.headers[.wwwAuthenticate] == row.challenge)
                if row.status == 200 { #expect(response.text == "orders of shop") }
            }
        }
    }
}

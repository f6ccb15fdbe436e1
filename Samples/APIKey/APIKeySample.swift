import Apus

/// The tutorial on API keys: a fixed one, one that a closure checks, and a type that knows whose keys are whose.
@main struct APIKeySample: Service {
    static var server: Server {
        get throws {
            // Plain HTTP is for trying it out: anybody on the way can read the key.
            let simple = try APIKeyAuthentication("KeySimple", keys: "my-secret-api-key", allowInsecureHTTP: true)
            let closure = APIKeyAuthentication("KeyClosure", allowInsecureHTTP: true) { key in
                key.matches("my-secret-api-key")
            }
            let partners = APIKeyAuthentication("KeyPartners", allowInsecureHTTP: true, validator: PartnerKeys())
            let port = try LaunchOptions.current.port(default: 5000)

            return Server("API keys") {
                Endpoint(port: port)
            } routes: {
                Group("/secure/key") {
                    Get("simple/hello") { _ in "Simple Key OK" }.authenticated(by: simple)
                    Get("ps/hello") { _ in "PS Key OK" }.authenticated(by: closure)
                    Get("cs/hello") { _ in "CS Key OK" }.authenticated(by: partners)
                    Get("cs/me") { request in "You are \(request.user.name)." }.authenticated(by: partners)
                }
            }
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let url = running.endpoints[0].url
        return """
            Listening on \(url)
            Try it:
              curl -H "X-Api-Key: my-secret-api-key" \(url)/secure/key/simple/hello
              curl -H "X-Api-Key: my-secret-api-key" \(url)/secure/key/cs/me
            """
    }
}

/// Whose keys are whose, by their digests: as a database would hold them, so that nobody can take the keys out of it.
struct PartnerKeys: APIKeyValidator {
    // printf my-secret-api-key | sha256sum
    private let partners = [
        "325ededd6c3b9988f623c7f964abb9b016b76b0f8b3474df0f7d7c23b941381f": "Swift Deliveries"
    ]

    func holder(of key: APIKey, in request: Request) async throws -> APIKeyHolder? {
        partners[key.sha256].map { APIKeyHolder(name: $0) }
    }
}

import Apus

/// The tutorial on JWT bearer tokens: Basic for the first login, then tokens, renewal and policies.
@main struct JWTSample: Service {
    static var server: Server {
        get throws {
            let basic = BasicAuthentication("BasicInit", realm: "Init", allowInsecureHTTP: true) { login in
                login.matches(username: "admin", password: "password")
            }
            let key = "6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0"
            let keys = try KeyStore(.hmac(hexadecimal: key, algorithm: .hs256))
            let tokens = JWTBuilder(keys: keys).issuer("KestrunApi").audience("KestrunClients")
            let bearer = BearerAuthentication("Bearer", validating: tokens.validationParameters)
            let port = try LaunchOptions.current.port(default: 5000)

            return Server("Auth JWT") {
                Endpoint(port: port)
                Endpoint(port: port == 0 ? 0 : port + 1, tls: .selfSigned)
            } routes: {
                Get("/token/new") { request in
                    let user = request.user.name
                    let issued = try await tokens.subject(user).claim(.name, user).claim(.role, "admin")
                        .claim("can_read", "true").build()
                    return try JSON(["access_token": issued.token, "expires": issued.expires])
                        .header(.cacheControl, "no-store")
                }
                .authenticated(by: basic)

                Group("/secure/jwt") {
                    Get("hello") { request in "JWT Hello \(request.user.name)" }
                    Group("policy") {
                        Get { welcome($0, "can_read") }.requires(.canRead)
                        Put { welcome($0, "can_write") }.requires(.canWrite)
                        Post { welcome($0, "can_create") }.requires(.canCreate)
                        Delete { welcome($0, "can_delete") }.requires(.canDelete)
                    }
                }
                .authenticated(by: bearer)

                Get("/token/renew") { request in
                    let renewed = try await tokens.renewed(from: request)
                    return try JSON([
                        "access_token": renewed.token, "token_type": "Bearer", "expires_in": renewed.expiresIn,
                    ])
                    .header(.cacheControl, "no-store")
                }
                .authenticated(by: bearer)
            }
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let urls = running.endpoints.map(\.url)
        return """
            Listening on \(urls.joined(separator: " and "))
            Try it:
              TOKEN=$(curl -s -u admin:password \(urls[0])/token/new | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
              curl -H "Authorization: Bearer $TOKEN" \(urls[0])/secure/jwt/hello
            """
    }

    private static func welcome(_ request: Request, _ permission: String) -> String {
        """
        Welcome, \(request.user.name)! You are authenticated by Native JWT checker \
        because you have the '\(permission)' permission.
        """
    }
}

extension Policy {
    static let canRead = Policy.claim("can_read", oneOf: "true")
    static let canWrite = Policy.claim("can_write", oneOf: "true")
    static let canCreate = Policy.claim("can_create", oneOf: "true")
    static let canDelete = Policy.claim("can_delete", oneOf: "true")
}

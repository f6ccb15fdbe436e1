import Apus

/// Several ways in: any scheme of a route will do, and a client without credentials is told of each.
@main struct MultipleSchemes: Service {
    static var server: Server {
        get throws {
            let basic = BasicAuthentication("BasicPS", realm: "Multi") { login in
                login.matches(username: "admin", password: "password")
            }
            let key = try APIKeyAuthentication("KeySimple", keys: "my-secret-api-key")
            let secret = "6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0"
            let keys = try KeyStore(.hmac(hexadecimal: secret, algorithm: .hs256))
            let tokens = JWTBuilder(keys: keys).issuer("KestrunApi").audience("KestrunClients")
            let bearer = BearerAuthentication("Bearer", validating: tokens.validationParameters)
            let port = try LaunchOptions.current.port(default: 5000)

            return Server("Multiple schemes") {
                Endpoint(port: port)
                Endpoint(port: port == 0 ? 0 : port + 1, tls: .selfSigned)
            } routes: {
                Group("/secure") {
                    Get("basic") { _ in "Basic OK" }.authenticated(by: basic)
                    Get("key") { _ in "Key OK" }.authenticated(by: key, basic)
                    Get("jwt") { _ in "JWT OK" }.authenticated(by: bearer, basic)
                    Get("token/new") { request in
                        let user = request.user.name
                        let issued = try await tokens.subject(user).claim(.name, user).claim(.role, "admin").build()
                        return try JSON(["access_token": issued.token, "expires": issued.expires])
                            .header(.cacheControl, "no-store")
                    }
                    .authenticated(by: basic)
                }
            }
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let urls = running.endpoints.map(\.url)
        return """
            Listening on \(urls.joined(separator: " and ")); passwords and keys are taken over https alone.
            Try it:
              curl -k -i \(urls[1])/secure/jwt    # 401 with two challenges: Bearer and Basic
              curl -k -u admin:password \(urls[1])/secure/jwt
              curl -k -H "X-Api-Key: my-secret-api-key" \(urls[1])/secure/key
            """
    }
}

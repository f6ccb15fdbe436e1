import Apus

/// The routes that benchmarks of web servers ask for; `--cert FILE --key FILE` serves them over TLS, and
/// `--inherited NAME` on a socket of the service manager, `--share yes` on a port that others may share.
@main struct Benchmark: Service {
    static var server: Server {
        get throws {
            let basic = BasicAuthentication("Basic", realm: "Benchmark", allowInsecureHTTP: true) { login in
                login.matches(username: "admin", password: "password")
            }
            let key = "6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0"
            let keys = try KeyStore(.hmac(hexadecimal: key, algorithm: .hs256))
            let tokens = JWTBuilder(keys: keys).issuer("KestrunApi").audience("KestrunClients")
            let bearer = BearerAuthentication("Bearer", validating: tokens.validationParameters)
            let options = LaunchOptions.current
            let port = try options.port(default: 5000)

            return Server("Benchmark") {
                if let name = options["inherited"] {
                    Endpoint(inherited: name)
                } else if let certificate = options["cert"], let privateKey = options["key"] {
                    Endpoint(port: port, tls: .files(certificateChain: certificate, privateKey: privateKey))
                } else if options["share"] == "yes" {
                    Endpoint(port: port).sharingPort()
                } else {
                    Endpoint(port: port)
                }
            } routes: {
                Get("/plaintext") { _ in "Hello, World!" }
                Get("/json") { _ in JSON(["message": "Hello, World!"]) }
                Get("/users/{id}") { request in request.parameters["id"] }
                Post("/echo") { _, content in Response(octets: content) }
                Get("/token/new") { request in
                    let user = request.user.name
                    let issued = try await tokens.subject(user).claim(.name, user).claim(.role, "admin").build()
                    return JSON(["access_token": issued.token, "expires": issued.expires])
                }
                .authenticated(by: basic)
                Get("/secure/jwt/hello") { request in "JWT Hello \(request.user.name)" }
                    .authenticated(by: bearer)
            }
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let url = running.endpoints[0].url
        return "Listening on \(url)\nTry it: curl -k \(url)/plaintext"
    }
}

import Apus

/// The tutorial on Basic: credentials compared with fixed ones, or with hashes as a real service keeps them.
@main struct BasicAuth: Service {
    static var server: Server {
        get throws {
            // Plain HTTP is for trying it out: anybody on the way can read the password.
            let demo = BasicAuthentication("Demo", realm: "Demo", allowInsecureHTTP: true) { login in
                login.matches(username: "admin", password: "password")
            }
            // What stands in a database: PasswordHash.hash("password", cost: .lowMemory) once gave this text.
            let hashes = [
                "admin": try PasswordHash(
                    "$scrypt$ln=14,r=8,p=5$jx0KayfDTl+acLHC0+T1Bg$4V5jCQF92sNUQavrUGdcfiHSQ7sgKySKx3iVJxkFFCE")
            ]
            let users = PasswordVerifier(cost: .lowMemory) { username in hashes[username] }
            let real = BasicAuthentication(
                "Users", realm: "Demo", allowInsecureHTTP: true, throttle: LoginThrottle(), validate: users.verify)
            let port = try LaunchOptions.current.port(default: 5000)

            return Server("Basic authentication") {
                Endpoint(port: port)
            } routes: {
                Get("/secure/ps/hello") { request in "Hello, \(request.user.name)!" }.authenticated(by: demo)
                Get("/secure/hashed/hello") { request in "Hello, \(request.user.name)!" }.authenticated(by: real)
            }
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let url = running.endpoints[0].url
        return """
            Listening on \(url)
            Try it:
              curl -u admin:password \(url)/secure/ps/hello        # Hello, admin!
              curl -i -u admin:wrong \(url)/secure/hashed/hello    # 401; after five of them 429 for a while
            """
    }
}

import Apus

/// The tutorial on cookies: a login form, a sealed ticket in a cookie, and pages for whoever has one.
@main struct CookiesSample: Service {
    static var server: Server {
        get throws { try server(keys: KeyStore(.hmac(generated: .hs256))) }
    }

    static func server(keys: KeyStore) throws -> Server {
        let cookies = try CookieAuthentication(
            "Cookies", cookie: "KestrunAuth", keys: keys, login: "/cookies/login", denied: "/cookies/denied")
        let port = try LaunchOptions.current.port(default: 5000)

        return Server("Auth Cookies") {
            Endpoint(port: port)
            Endpoint(port: port == 0 ? 0 : port + 1, tls: .selfSigned)
        } routes: {
            Group("/cookies") {
                Get("login") { _ in try page(LoginPage.login) }
                Post("login") { request in
                    let form = try await request.form()
                    guard let username = form["username"], let password = form["password"] else {
                        throw Problem(.badRequest, "The form has no username or no password.")
                    }
                    guard username == "admin", password == "secret" else {
                        return try JSON(["success": false], status: .unauthorized)
                            .header(.wwwAuthenticate, cookies.challenge(after: nil)?.description ?? "Cookie")
                            .response(to: request)
                    }
                    // Where the browser was going when it was led here, which is followed only within this server.
                    if let target = request.returnURL {
                        return try cookies.signIn(
                            username, for: request, with: Response.redirect(to: target, .seeOther))
                    }
                    return try cookies.signIn(username, for: request, with: JSON(["success": true]))
                }
                Get("logout") { request in
                    try await cookies.signOut(request, with: Response.redirect(to: "/cookies/login"))
                }
                Get("denied") { _ in try page(LoginPage.denied, .forbidden) }

                Group("") {
                    Get("hello") { request in
                        "Welcome, \(request.user.name)! You are authenticated by Cookies Authentication."
                    }
                    Post("hello") { request in "Hello from a form, \(request.user.name)!" }
                    Get("admin") { _ in "Only with the role 'operator'." }.requires(.role("operator"))
                }
                .authenticated(by: cookies)
            }
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let urls = running.endpoints.map(\.url)
        let secure = urls.last { $0.hasPrefix("https") } ?? urls[0]
        return """
            Listening on \(urls.joined(separator: " and "))
            Try it:
              curl -k -c jar -d 'username=admin&password=secret' \(secure)/cookies/login
              curl -k -b jar \(secure)/cookies/hello
              curl -k -b jar -c jar \(secure)/cookies/logout
            Or open \(secure)/cookies/hello in a browser, and sign in as admin with the password secret.
            """
    }

    /// A page that runs no scripts, stands in no other page, and sends its form to this server alone.
    private static func page(_ html: String, _ status: Response.Status = .ok) throws -> Response {
        try Response(status, html: html).header(
            .contentSecurityPolicy,
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
    }
}

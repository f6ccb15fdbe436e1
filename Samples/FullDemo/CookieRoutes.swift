import Apus

@RouteBuilder func cookieRoutes(_ schemes: Schemes) -> Routes {
    let cookies = schemes.cookies
    Group("/cookies") {
        Get("login") { _ in try CookiePages.login() }
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
            let claims = Claims(["can_read": true, "can_write": true])
            if let target = request.returnURL {
                return try cookies.signIn(
                    username, claims: claims, for: request, with: Response.redirect(to: target, .seeOther))
            }
            return try cookies.signIn(username, claims: claims, for: request, with: JSON(["success": true]))
        }
        Get("logout") { request in
            try await cookies.signOut(request, with: Response.redirect(to: "/cookies/login"))
        }
        Get("denied") { _ in try CookiePages.denied() }
        Group("") {
            Get("hello") { request in
                "Welcome, \(request.user.name)! You are authenticated by Cookies Authentication."
            }
            policyRoutes("Cookies Authentication")
        }
        .authenticated(by: cookies)
    }
}

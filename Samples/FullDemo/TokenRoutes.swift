import Apus

@RouteBuilder func tokenRoutes(_ schemes: Schemes) -> Routes {
    let tokens = schemes.tokens
    Get("/token/new") { request in
        let user = request.user.name
        let issued = try await tokens.subject(user).claim(.name, user).claim(.role, "admin").claim("can_read", "true")
            .build()
        return try JSON(["access_token": issued.token, "expires": issued.expires]).header(.cacheControl, "no-store")
    }
    .authenticated(by: schemes.basic)

    Get("/token/renew") { request in
        let renewed = try await tokens.renewed(from: request)
        return try JSON([
            "access_token": renewed.token, "token_type": "Bearer", "expires_in": renewed.expiresIn,
        ])
        .header(.cacheControl, "no-store")
    }
    .authenticated(by: schemes.bearer)

    Group("/secure/jwt") {
        Get("hello") { request in "JWT Hello \(request.user.name)" }
        policyRoutes("Native JWT checker")
    }
    .authenticated(by: schemes.bearer)
}

import Apus

@RouteBuilder func basicRoutes(_ schemes: Schemes) -> Routes {
    Group("/secure/ps") {
        Get("hello") { request in "Hello, \(request.user.name)!" }
        policyRoutes("Basic Authentication")
    }
    .authenticated(by: schemes.basic)
}

@RouteBuilder func keyRoutes(_ schemes: Schemes) -> Routes {
    Group("/secure/key") {
        Get("simple/hello") { _ in "Simple Key OK" }
        Get("ps/hello") { _ in "PS Key OK" }.authenticated(by: schemes.checkedKey)
        Get("cs/hello") { _ in "CS Key OK" }.authenticated(by: schemes.partnerKey)
        policyRoutes("an API key")
    }
    .authenticated(by: schemes.fixedKey)
}

@RouteBuilder func mixedRoutes(_ schemes: Schemes) -> Routes {
    Group("/mixed") {
        Get("key") { _ in "Key OK" }.authenticated(by: schemes.fixedKey, schemes.basic)
        Get("jwt") { _ in "JWT OK" }.authenticated(by: schemes.bearer, schemes.basic)
    }
}

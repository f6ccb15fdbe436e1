import ApusHTTP

extension CookieAuthentication {
    /// Leads a browser to the login page, or to the one for whom a policy refuses; everybody else gets 401 or 403.
    ///
    /// A browser is whoever would rather have HTML than JSON by the Accept field. The query's `ReturnUrl` says where it
    /// was going; see `Request.returnURL`. What cannot be asked for once more, such as a form, is not named there.
    public func response(to request: Request, denying denial: AuthenticationDenial) throws -> Response? {
        let page =
            switch denial {
            case .unauthenticated: loginPath
            case .forbidden: deniedPath
            }
        guard let page, Self.prefersHTML(request.headers) else { return nil }
        guard request.method == .get || request.method == .head else {
            return try Response.redirect(to: page, .seeOther).header(.cacheControl, "no-store")
        }
        let target = request.path + (request.head.query.map { "?" + $0 } ?? "")
        // The page may have a query of its own.
        let location =
            LocalReference.isLocal(target)
            ? page + (page.contains("?") ? "&" : "?") + "ReturnUrl=" + PercentCoding.encode(target) : page
        return try Response.redirect(to: location).header(.cacheControl, "no-store")
    }

    private static func prefersHTML(_ headers: HTTP.Fields) -> Bool {
        let accepted = AcceptedTypes(headers)
        let others = ["application/problem+json", "application/json"].map(accepted.quality)
        return others.allSatisfy { accepted.quality(of: "text/html") > $0 }
    }
}

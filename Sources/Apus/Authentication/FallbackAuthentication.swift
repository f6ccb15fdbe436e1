extension Server {
    /// Demands a principal on every route that names no scheme of its own, nor a group around it, and does not say `allowAnonymous()`.
    ///
    /// Routes that are added while the server runs are no exception. A path that no route has is 404 for everybody.
    ///
    /// ```swift
    /// Server("Orders") {
    ///     Get("/health") { _ in "well" }.allowAnonymous()
    ///     Get("/orders") { request in try await orders(of: request.user.name) }
    /// }
    /// .authenticated(by: bearer)
    /// ```
    public func authenticated(by schemes: any AuthenticationScheme...) -> Server {
        var server = self
        server.fallbackSchemes = schemes
        return server
    }
}

extension Routes {
    /// The same routes, with `schemes` for those that have none.
    func fallingBack(on schemes: [any AuthenticationScheme]) -> Routes {
        mapping { if $0.schemes.isEmpty { $0.schemes = schemes } }
    }
}

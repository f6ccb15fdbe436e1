public import ApusJOSE

extension JWTBuilder {
    /// A new token for the bearer of the one that came with `request`: the same claims, new times.
    ///
    /// The request's token counts only because the Bearer scheme has verified it; text that merely looks like a token is nothing here.
    /// - Throws: `Problem` 401 when the request bore no verified token, which means that the route has no Bearer scheme; `TokenError`
    ///   when the token cannot be renewed any more.
    public nonisolated(nonsending) func renewed(from request: Request) async throws -> IssuedToken {
        guard let token = request.user.token else {
            throw Problem(.unauthorized, "Only a verified token can be renewed.")
        }
        return try await renew(token)
    }
}

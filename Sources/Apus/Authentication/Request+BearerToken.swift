extension Request {
    /// The text of the token that a Bearer scheme has verified, for calling other services in the user's name; nil without one.
    ///
    /// Whoever gets it can do what the user can: send it only to services that the token's audience names, and never log it.
    public var bearerToken: String? {
        guard user.token != nil, case .found(let credentials) = AuthorizationCredentials.search("Bearer", in: head)
        else { return nil }
        return String(decoding: credentials.value, as: UTF8.self)
    }
}

public import ApusJOSE

/// A scheme whose principals get further claims: what `issuingClaims(_:)` and `mappingClaims(_:)` make of any scheme.
public struct ClaimsTransformation<Base: AuthenticationScheme>: AuthenticationScheme {
    private let base: Base
    private let transform: nonisolated(nonsending) @Sendable (Principal) async throws -> Claims

    init(
        of base: Base,
        _ transform: nonisolated(nonsending) @escaping @Sendable (Principal) async throws -> Claims
    ) {
        self.base = base
        self.transform = transform
    }

    /// The name of the scheme that finds the principals.
    public var name: String { base.name }

    /// Has the scheme look, and gives the principal that it finds its further claims.
    public nonisolated(nonsending) func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
        switch try await base.authenticate(request) {
        case .principal(let principal): .principal(principal.with(claims: try await transform(principal)))
        case let other: other
        }
    }

    /// The scheme's own challenge.
    public func challenge(after refusal: AuthenticationRefusal?) -> Challenge? { base.challenge(after: refusal) }

    /// The scheme's own challenge.
    public func challenge(lacking policy: Policy) -> Challenge? { base.challenge(lacking: policy) }

    /// The scheme's own answer.
    public func response(to request: Request, denying denial: AuthenticationDenial) throws -> Response? {
        try base.response(to: request, denying: denial)
    }

    /// What the scheme itself adds.
    public func complete(_ response: Response, to request: Request) throws -> Response {
        try base.complete(response, to: request)
    }

    /// Those of the scheme itself.
    public var keyStores: [KeyStore] { base.keyStores }
}

extension AuthenticationScheme {
    /// The same scheme, whose principals get the claims that `issue` finds for them, such as roles from a database.
    ///
    /// Asked once for each request that the scheme lets through. A claim that the principal has already keeps its values and gets
    /// these besides.
    ///
    /// ```swift
    /// let staff = bearer.issuingClaims { user in Claims(["role": .string(await directory.role(of: user.name))]) }
    /// ```
    /// - Parameter issue: what it throws is the answer to the request: 500, unless it is a `Problem`.
    public func issuingClaims(
        _ issue: nonisolated(nonsending) @escaping @Sendable (Principal) async throws -> Claims
    ) -> ClaimsTransformation<Self> {
        ClaimsTransformation(of: self) { principal in principal.claims.adding(try await issue(principal)) }
    }

    /// The same scheme, whose principals have the value of one claim under another name, as policies and handlers expect it.
    ///
    /// ```swift
    /// bearer.mappingClaims(["cognito:groups": .role, "upn": .preferredUsername])
    /// ```
    /// The claim stays under its own name too. A claim of the new name that is there already keeps its values and gets these besides.
    public func mappingClaims(_ names: KeyValuePairs<ClaimName, ClaimName>) -> ClaimsTransformation<Self> {
        let names = Array(names)
        return ClaimsTransformation(of: self) { principal in
            names.reduce(principal.claims) { claims, pair in
                guard let value = principal.claims[pair.key] else { return claims }
                return claims.adding(Claims([pair.value.rawValue: value]))
            }
        }
    }
}

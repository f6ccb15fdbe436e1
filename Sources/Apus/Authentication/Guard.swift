import ApusHTTP

/// Stands before a handler: finds the principal by one of the schemes, then asks every policy.
struct Guard: Sendable {
    let schemes: [any AuthenticationScheme]
    let policies: [Policy]
    /// Lets requests without a principal pass, as nobody's.
    let admitsAnonymous: Bool
    let handler: RouteHandler

    init(of route: RouteDefinition) {
        schemes = route.schemes
        policies = route.policies
        admitsAnonymous = route.admitsAnonymous
        handler = route.handler
    }

    /// The handler behind the guard.
    var guarded: RouteHandler {
        guard policies.allSatisfy(\.isImmediate) else { return .asynchronous(waiting()) }
        return switch handler {
        case .synchronous(let handler): .immediate(immediate { request in .answered(try handler(request)) })
        case .immediate(let handler): .immediate(immediate(handler))
        case .asynchronous(let handler):
            .immediate(immediate { request in .waiting(RouteHandler.Rest(request: request, handler: handler)) })
        }
    }

    /// The handler behind schemes that answer without waiting, up to the first that does not.
    private func immediate(
        _ handler: @escaping @Sendable (Request) throws -> RouteHandler.Progress
    ) -> @Sendable (Request) throws -> RouteHandler.Progress {
        { request in
            var refusals: [AuthenticationRefusal?] = []
            // By their places, here and below: a scheme that is taken out of the array is copied.
            for index in schemes.indices {
                guard let answer = try schemes[index].authenticateImmediately(request) else {
                    let rest = waiting(after: refusals, wasAsked: true)
                    return .waiting(RouteHandler.Rest(request: request, handler: rest))
                }
                switch consume answer {
                case .principal(let principal):
                    for policy in policies.indices where try policies[policy].allowsImmediately(principal) != true {
                        throw try forbidden(by: policies[policy], found: schemes[index], for: request)
                    }
                    var known = request
                    known.user = principal
                    switch try handler(known) {
                    case .answered(let response): return .answered(try schemes[index].complete(response, to: known))
                    case .waiting(let rest):
                        rest.finder = schemes[index]
                        return .waiting(rest)
                    }
                case .noCredentials:
                    refusals.append(nil)
                case .refused(let refusal):
                    refusals.append(refusal)
                }
            }
            guard admitsAnonymous else { throw try unauthenticated(request, refusals) }
            return try handler(request)
        }
    }

    /// The handler behind any schemes.
    ///
    /// One function in one piece: each that it would call and wait for is paid for by every request.
    /// - Parameters:
    ///   - earlier: what the first schemes have answered already.
    ///   - wasAsked: the scheme behind these was asked for an answer without waiting, and had none.
    private func waiting(after earlier: [AuthenticationRefusal?] = [], wasAsked: Bool = false) -> Handler {
        { request in
            var request = request
            var refusals = earlier
            var finder: (any AuthenticationScheme)?
            asking: for scheme in schemes[earlier.count...] {
                let answer: AuthenticationAnswer
                let mayAsk = !wasAsked || refusals.count > earlier.count
                if mayAsk, let immediate = try scheme.authenticateImmediately(request) {
                    answer = immediate
                } else {
                    answer = try await scheme.authenticate(request)
                }
                switch answer {
                case .principal(let principal):
                    if !policies.isEmpty { try await authorize(principal, found: scheme, for: request) }
                    request.user = principal
                    finder = scheme
                    break asking
                case .noCredentials:
                    refusals.append(nil)
                case .refused(let refusal):
                    refusals.append(refusal)
                }
            }
            guard finder != nil || admitsAnonymous else { throw try unauthenticated(request, refusals) }
            let response: Response
            switch handler {
            case .synchronous(let handler): response = try handler(request)
            case .asynchronous(let handler): response = try await handler(request)
            case .immediate(let handler):
                switch try handler(request) {
                case .answered(let answered): response = answered
                case .waiting(let rest): response = try rest.complete(try await rest.handler(rest.request))
                }
            }
            guard let finder else { return response }
            return try finder.complete(response, to: request)
        }
    }

    /// RFC 9110 §11.6.1: a challenge for each way in, each a field line of its own, in the order of declaration.
    private func unauthenticated(_ request: Request, _ refusals: [AuthenticationRefusal?]) throws -> Problem {
        let given = refusals.compactMap(\.self)
        let status = given.first { $0.status != .unauthorized }?.status ?? .unauthorized
        let names = schemes.map(\.name).joined(separator: ", ")
        var problem = Problem(status, cause: given.isEmpty ? nil : RefusedCredentials(reasons: given.map(\.reason)))
        problem.detail = given.compactMap(\.publicReason).first ?? "This resource needs credentials that are valid."
        for (scheme, refusal) in zip(schemes, refusals) {
            guard let challenge = scheme.challenge(after: refusal) else { continue }
            try problem.headers.append(.wwwAuthenticate, challenge.description)
        }
        problem.diagnosis =
            given.compactMap(\.diagnosis).first
            ?? Problem.Diagnosis(
                symptom: "\(status.code) without an error in the challenge",
                cause: "The request has no credentials of a kind that this route takes (\(names)).",
                fix: "Send credentials for one of these schemes, where its challenge says: \(names).")
        if status == .unauthorized {
            problem.substitute = try substitute(for: request) { index in .unauthenticated(refusals[index]) }
        }
        return problem
    }

    private nonisolated(nonsending) func authorize(
        _ principal: Principal, found scheme: any AuthenticationScheme, for request: Request
    ) async throws {
        for policy in policies where try await !policy.allows(principal) {
            throw try forbidden(by: policy, found: scheme, for: request)
        }
    }

    private func forbidden(
        by policy: Policy, found scheme: any AuthenticationScheme, for request: Request
    ) throws -> Problem {
        var problem = Problem(.forbidden, "The policy '\(policy.name)' is not satisfied.")
        if let challenge = scheme.challenge(lacking: policy) {
            try problem.headers.append(.wwwAuthenticate, challenge.description)
        }
        problem.diagnosis = Problem.Diagnosis(
            symptom: "403 for a principal that the scheme '\(scheme.name)' accepts",
            cause: "The principal lacks what the policy '\(policy.name)' demands.",
            fix: """
                Issue the token or identify the user with that claim, role or scope; the old token does not change \
                by itself.
                """)
        problem.substitute = try substitute(for: request) { _ in .forbidden(policy) }
        return problem
    }

    /// What the first scheme that has something better than a plain error wants this client to get.
    private func substitute(
        for request: Request, denying denial: (Int) -> AuthenticationDenial
    ) throws -> Response? {
        for (index, scheme) in schemes.enumerated() {
            if let response = try scheme.response(to: request, denying: denial(index)) { return response }
        }
        return nil
    }
}

/// The reasons for which the schemes of a route refused a request's credentials, for the log.
private struct RefusedCredentials: Error, CustomStringConvertible {
    let reasons: [String]
    var description: String { reasons.joined(separator: "; ") }
}

import ApusHTTP

/// Stands before a handler: finds the principal by one of the schemes, then asks every policy.
struct Guard: Sendable {
    let schemes: [any AuthenticationScheme]
    let policies: [Policy]
    let handler: Handler

    /// The handler behind the guard.
    ///
    /// One function in one piece: each that it would call and wait for is paid for by every request.
    var guarded: Handler {
        { request in
            var refusals: [AuthenticationRefusal?] = []
            for scheme in schemes {
                switch try await scheme.authenticate(request) {
                case .principal(let principal):
                    if !policies.isEmpty { try await authorize(principal, found: scheme) }
                    var request = request
                    request.user = principal
                    return try await handler(request)
                case .noCredentials:
                    refusals.append(nil)
                case .refused(let refusal):
                    refusals.append(refusal)
                }
            }
            throw try unauthenticated(refusals)
        }
    }

    /// RFC 9110 §11.6.1: a challenge for each way in, each a field line of its own, in the order of declaration.
    private func unauthenticated(_ refusals: [AuthenticationRefusal?]) throws -> Problem {
        let given = refusals.compactMap(\.self)
        let status = given.first { $0.status == .badRequest }?.status ?? .unauthorized
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
                fix: "Send an Authorization field with credentials for one of: \(names).")
        return problem
    }

    private nonisolated(nonsending) func authorize(
        _ principal: Principal, found scheme: any AuthenticationScheme
    ) async throws {
        for policy in policies where try await !policy.allows(principal) {
            var problem = Problem(.forbidden, "The policy '\(policy.name)' is not satisfied.")
            if let challenge = scheme.challenge(lacking: policy) {
                try problem.headers.append(.wwwAuthenticate, challenge.description)
            }
            problem.diagnosis = Problem.Diagnosis(
                symptom: "403 for a principal that the scheme '\(scheme.name)' accepts",
                cause: "The principal lacks what the policy '\(policy.name)' demands.",
                fix:
                    "Issue the token or identify the user with that claim, role or scope; the old token does not change by itself."
            )
            throw problem
        }
    }
}

/// The reasons for which the schemes of a route refused a request's credentials, for the log.
private struct RefusedCredentials: Error, CustomStringConvertible {
    let reasons: [String]
    var description: String { reasons.joined(separator: "; ") }
}

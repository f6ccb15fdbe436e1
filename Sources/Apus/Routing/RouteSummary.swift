public import ApusHTTP

/// One route in words.
public struct RouteSummary: Sendable, Hashable {
    /// The method; nil for a route that answers every method.
    public let method: HTTP.Method?
    /// The path with its parameters, such as `/users/{id}`.
    public let path: String
    /// The names of the authentication schemes, any one of which suffices.
    public let schemes: [String]
    /// The names of the policies, all of which must hold.
    public let policies: [String]

    /// Requests without a principal pass as well.
    public let admitsAnonymous: Bool

    init(_ definition: RouteDefinition) {
        method = definition.method
        path = definition.template
        schemes = definition.schemes.map(\.name)
        policies = definition.policies.map(\.name)
        admitsAnonymous = definition.admitsAnonymous
    }
}

extension RouteSummary: CustomStringConvertible {
    /// Such as `GET /orders/{id}: authenticated by Bearer or Basic; requires can_read and role admin`.
    public var description: String { "\(method?.token ?? "*") \(path): \(demand)" }

    private var demand: String {
        guard !schemes.isEmpty else { return "open to everyone" }
        let found = "authenticated by " + schemes.joined(separator: " or ")
        if admitsAnonymous { return "open to everyone, \(found) where there are credentials" }
        return policies.isEmpty ? found : found + "; requires " + policies.joined(separator: " and ")
    }
}

package import ApusHTTP

/// Routes that cannot be served as they are written; the server does not start, or the change is not made.
package enum RoutingError: Error, CustomStringConvertible {
    case badTemplate(String, String, SourcePlace)
    case duplicate(HTTP.Method?, String, SourcePlace, earlier: String, SourcePlace)
    case policyWithoutScheme(String, String, SourcePlace)
    case policyForAnonymous(String, String, SourcePlace)
    case sameName(scheme: String, String, SourcePlace)

    package var description: String {
        switch self {
        case .badTemplate(let template, let reason, let place):
            "The route '\(template)' at \(place) is malformed: \(reason)."
        case .duplicate(let method, let template, let place, let earlier, let earlierPlace):
            """
            The route \(method?.token ?? "*") '\(template)' at \(place) matches the same requests as '\(earlier)' at \
            \(earlierPlace). Remove one of them, or change its path or method.
            """
        case .policyWithoutScheme(let policy, let template, let place):
            """
            The route '\(template)' at \(place) requires '\(policy)' but has no authentication scheme, so nobody could ever \
            pass. Add .authenticated(by:) to it or to a group around it.
            """
        case .policyForAnonymous(let policy, let template, let place):
            """
            The route '\(template)' at \(place) requires '\(policy)' and allows anonymous requests, which no policy \
            looks at. Remove one of the two.
            """
        case .sameName(let scheme, let template, let place):
            """
            The route '\(template)' at \(place) names two authentication schemes that are both called '\(scheme)'. \
            Give each a name of its own.
            """
        }
    }
}

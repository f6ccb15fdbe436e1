import ApusHTTP

/// Finds requests that change something and that another site has caused a browser to send.
///
/// By Sec-Fetch-Site, which scripts cannot set, or where there is none by Origin; no token has to be carried (W3C Fetch
/// Metadata, OWASP's cheat sheet on cross-site request forgery).
enum CrossSiteCheck {
    /// Why the request does not count; nil when it does.
    static func refusal(of request: Request) -> AuthenticationRefusal? {
        switch request.method {
        // RFC 9110 §9.2.1: these change nothing.
        case .get, .head, .options, .trace: return nil
        default: break
        }
        guard !request.allowsCrossSite else { return nil }
        if let site = request.headers[.secFetchSite] {
            // Several lines are one value with a comma in it, and so neither.
            return site == "same-origin" || site == "none" ? nil : refusal("Sec-Fetch-Site")
        }
        // Browsers send one or the other with such methods: without both it is none, and nobody else has its cookies.
        guard let origin = request.headers[.origin] else { return nil }
        return isOwn(origin, of: request) ? nil : refusal("Origin")
    }

    /// Whether an origin (RFC 6454 §6.2) is that of the request's target.
    private static func isOwn(_ origin: String, of request: Request) -> Bool {
        let text = origin.lowercased()
        guard let host = request.head.host?.lowercased(), !host.isEmpty else { return false }
        for (scheme, port) in [("https://", ":443"), ("http://", ":80")] where text.hasPrefix(scheme) {
            // What came over TLS is not from a page that did not. In clear text a proxy may have ended TLS.
            guard scheme == "https://" || !request.connection.isSecure else { return false }
            return withoutPort(String(text.dropFirst(scheme.count)), port) == withoutPort(host, port)
        }
        return false
    }

    private static func withoutPort(_ host: String, _ port: String) -> String {
        host.hasSuffix(port) ? String(host.dropLast(port.count)) : host
    }

    private static func refusal(_ field: String) -> AuthenticationRefusal {
        AuthenticationRefusal(
            "The request was caused by another site, by its \(field)", status: .forbidden,
            publicReason: "The request comes from another site.",
            diagnosis: Problem.Diagnosis(
                symptom: "403 for a request with a good cookie",
                cause:
                    "Its \(field) says that another origin caused the request, which could be without its sender's will.",
                fix: "Send it from a page of this origin, or let the route say allowingCrossSite()."))
    }
}

extension Request {
    /// Whether the route takes requests with cookies that other sites cause; see `RouteElement.allowingCrossSite()`.
    public var allowsCrossSite: Bool { compiledRoute?.definition.allowsCrossSite ?? false }
}

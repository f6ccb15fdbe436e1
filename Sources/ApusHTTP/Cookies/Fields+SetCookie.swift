extension HTTP.Fields {
    /// Adds a Set-Cookie line, in place of one of the same name, domain and path (RFC 6265 §4.1.1).
    ///
    /// - Throws: ``HTTP/FieldError/invalidValue(_:)`` when all fields together would grow past 4 GiB.
    package mutating func setCookie(_ cookie: HTTP.SetCookie) throws(HTTP.FieldError) {
        let others = values(of: .setCookie)
        var edited = self
        let kept = others.filter { !cookie.hasIdentity(of: $0) }
        if kept.count < others.count {
            edited.remove(.setCookie)
            for line in kept { try edited.append(.setCookie, line) }
        }
        try edited.append(.setCookie, cookie.fieldValue)
        self = edited
    }

    /// Whether there is a Set-Cookie line of this name, whatever it does.
    package func setsCookie(named name: String) -> Bool {
        values(of: .setCookie).contains { $0.hasPrefix(name + "=") }
    }
}

extension HTTP.SetCookie {
    /// Whether a line sets the cookie that this one sets: a browser tells cookies apart by name, domain and path.
    fileprivate func hasIdentity(of line: String) -> Bool {
        guard line.hasPrefix(name + "=") else { return false }
        func attribute(_ wanted: String) -> Substring? {
            line.split(separator: ";").dropFirst().last { part in
                part.drop { $0 == " " }.lowercased().hasPrefix(wanted)
            }?.drop { $0 == " " }.dropFirst(wanted.count)
        }
        return attribute("domain=")?.lowercased() == domain?.lowercased() && attribute("path=").map(String.init) == path
    }
}

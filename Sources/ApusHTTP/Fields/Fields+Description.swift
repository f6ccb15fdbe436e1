extension HTTP.Fields: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Fields whose values are credentials.
    private static let secrets: Set<HTTP.FieldName> = [
        .authorization, .proxyAuthorization, .cookie, .setCookie, .xAPIKey,
    ]

    /// The lines for a log; credentials are replaced by `<redacted>`.
    public var description: String {
        lines.map { line in
            let name = text(line.name)
            let isSecret = (try? HTTP.FieldName(validating: name)).map(Self.secrets.contains) ?? true
            return "\(name): \(isSecret ? "<redacted>" : text(line.value))"
        }
        .joined(separator: "\n")
    }

    /// As ``description``: a debugger's or a log's default would show the octets of credentials.
    public var debugDescription: String { description }

    /// No children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

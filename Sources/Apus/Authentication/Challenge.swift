/// An authentication challenge: a scheme and its parameters (RFC 9110 §11.3), in the order given.
public struct Challenge: Sendable, Hashable, CustomStringConvertible {
    /// The scheme's token, such as `Bearer`.
    public let scheme: String

    /// The parameters; each value is sent as a quoted string.
    public let parameters: [Parameter]

    /// One parameter of a challenge.
    public struct Parameter: Sendable, Hashable {
        let name: String
        let value: String
    }

    /// Makes a challenge; parameters whose value is nil are left out.
    public init(_ scheme: String, _ parameters: KeyValuePairs<String, String?> = [:]) {
        self.scheme = scheme
        self.parameters = parameters.compactMap { name, value in value.map { Parameter(name: name, value: $0) } }
    }

    /// The challenge as it stands in WWW-Authenticate.
    public var description: String {
        guard !parameters.isEmpty else { return scheme }
        return scheme + " " + parameters.map { "\($0.name)=\(Self.quoted($0.value))" }.joined(separator: ", ")
    }

    /// RFC 9110 §5.6.4.
    ///
    /// What cannot stand in a quoted string becomes a question mark, so that no value ends the field.
    private static func quoted(_ value: String) -> String {
        var quoted = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                quoted += "\\"
                quoted.unicodeScalars.append(scalar)
            case " "..."~": quoted.unicodeScalars.append(scalar)
            default: quoted += "?"
            }
        }
        return quoted + "\""
    }
}

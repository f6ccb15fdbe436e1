import ApusCrypto

/// The octets of a password as they go into its hash (RFC 8265 §4.2.2, OpaqueString).
struct PreparedPassword: Sendable {
    let secret: SecretBytes

    init(_ password: String) throws(PasswordRefusal) {
        guard !password.isEmpty else { throw .empty }
        guard password.utf8.count <= PasswordHash.maximumPasswordOctets else {
            throw .tooLong(limit: PasswordHash.maximumPasswordOctets)
        }
        var mapped = String.UnicodeScalarView()
        for scalar in password.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control: throw .controlCharacter
            // A later version of Unicode may give them another form.
            case .unassigned: throw .unassignedCharacter
            case .spaceSeparator: mapped.append(" ")
            default: mapped.append(scalar)
            }
        }
        secret = SecretBytes(copying: NormalizedText.octets(of: String(mapped)).span)
    }
}

/// Why a text cannot be a password; never the text itself.
enum PasswordRefusal: Error, Hashable, CustomStringConvertible {
    case empty
    case tooLong(limit: Int)
    case controlCharacter
    case unassignedCharacter

    var description: String {
        switch self {
        case .empty: "The password is empty."
        case .tooLong(let limit): "The password is longer than \(limit) octets."
        case .controlCharacter: "The password has a control character."
        case .unassignedCharacter: "The password has a character that Unicode does not know."
        }
    }
}

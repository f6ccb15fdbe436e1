import ApusHTTP

/// The Authorization field of a request, taken apart (RFC 9110 §11.6.2): a scheme and what follows it.
struct AuthorizationCredentials {
    /// What stands behind the scheme.
    let value: ArraySlice<UInt8>

    /// What a request has in the way of credentials of one scheme.
    enum Search {
        case none
        case found(AuthorizationCredentials)
        /// Several Authorization fields, of which at least one is of this scheme.
        case repeated
    }

    /// Looks for credentials of `scheme`, whose name is compared without regard to case (RFC 9110 §11.1).
    static func search(_ scheme: StaticString, in head: HTTP.RequestHead) -> Search {
        guard let line = head.line(of: .authorization, from: { credentialsStart(in: $0, after: scheme) }) else {
            return .none
        }
        if line.isRepeated { return .repeated }
        guard let value = line.octets else { return .none }
        return .found(AuthorizationCredentials(value: value))
    }

    /// Where in the field what follows `scheme` begins; nil when it begins with another one.
    private static func credentialsStart(in field: Span<UInt8>, after scheme: StaticString) -> Int? {
        let length = scheme.utf8CodeUnitCount
        guard field.count >= length else { return nil }
        let matches = scheme.withUTF8Buffer { name in
            name.indices.allSatisfy { name[$0] | 0x20 == field[$0] | 0x20 }
        }
        guard matches else { return nil }
        guard field.count > length else { return length }
        guard field[length] == UInt8(ascii: " ") else { return nil }
        var start = length
        while start < field.count, field[start] == UInt8(ascii: " ") { start += 1 }
        return start
    }
}

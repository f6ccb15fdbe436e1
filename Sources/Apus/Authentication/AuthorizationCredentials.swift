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
        guard let (field, isRepeated) = head.line(of: .authorization) else { return .none }
        if isRepeated { return .repeated }
        guard let value = value(of: field, after: scheme) else { return .none }
        return .found(AuthorizationCredentials(value: value))
    }

    private static func value(of field: ArraySlice<UInt8>, after scheme: StaticString) -> ArraySlice<UInt8>? {
        let length = scheme.utf8CodeUnitCount
        guard field.count >= length else { return nil }
        let matches = scheme.withUTF8Buffer { name in
            name.indices.allSatisfy { name[$0] | 0x20 == field[field.startIndex + $0] | 0x20 }
        }
        guard matches else { return nil }
        var start = field.startIndex + length
        guard start < field.endIndex else { return field[start...] }
        guard field[start] == UInt8(ascii: " ") else { return nil }
        while start < field.endIndex, field[start] == UInt8(ascii: " ") { start += 1 }
        return field[start...]
    }
}

import FoundationEssentials

extension Claims {
    /// Reads a claim as a type of your own; nil when the token has no such claim.
    ///
    /// Dates are numbers of seconds since 1970 (RFC 7519 §2).
    /// - Throws: `ClaimDecodingError` when the claim is of another shape.
    public func decode<Value: Decodable>(
        _ name: ClaimName, as type: Value.Type = Value.self
    ) throws(ClaimDecodingError) -> Value? {
        guard let value = self[name] else { return nil }
        // A scalar alone is no document for every decoder, an array of one always is.
        return try Self.decode([Value].self, JSONValue.array([value]), of: name.rawValue).first
    }

    /// Reads all claims as a type of your own, whose properties have the names of the claims.
    ///
    /// Dates are numbers of seconds since 1970 (RFC 7519 §2).
    /// - Throws: `ClaimDecodingError` when a claim that the type needs is missing or of another shape.
    public func decode<Value: Decodable>(as type: Value.Type = Value.self) throws(ClaimDecodingError) -> Value {
        try Self.decode(type, .object(members), of: nil)
    }

    private static func decode<Value: Decodable>(
        _ type: Value.Type, _ value: JSONValue, of name: String?
    ) throws(ClaimDecodingError) -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        do {
            return try decoder.decode(type, from: Data(value.serialized()))
        } catch {
            throw ClaimDecodingError(name: name, type: String(describing: Value.self), cause: error)
        }
    }
}

/// A claim that is not of the type that somebody wanted; it never shows the claim's value.
public struct ClaimDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the claims the value lies, such as `address.street`; nil when that is not known.
    public let path: String?
    /// What was wanted there.
    public let expected: String

    init(name: String?, type: String, cause: any Error) {
        let (place, expected): ([any CodingKey], String) =
            switch cause as? DecodingError {
            case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
                (context.codingPath, String(describing: type))
            case .keyNotFound(let key, let context): (context.codingPath + [key], "a value")
            case .dataCorrupted(let context): (context.codingPath, type)
            default: ([], type)
            }
        // The first step of a single claim is its place in the array around it.
        let steps = name.map { [$0] + place.dropFirst().map(\.stringValue) } ?? place.map(\.stringValue)
        path = steps.isEmpty ? nil : EchoedText(steps.joined(separator: ".")).description
        self.expected = expected
    }

    /// What was expected, and where.
    public var description: String { "Expected \(expected) in the claim '\(path ?? "?")'" }
}

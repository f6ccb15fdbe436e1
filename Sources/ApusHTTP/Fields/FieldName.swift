extension HTTP {
    /// A field's name (RFC 9110 §5.1): compared in either case, written to the wire as it was spelled.
    public struct FieldName: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// The name as it was given.
        public let spelling: String
        let role: FieldRole

        /// Checks and takes a name that comes from outside the program.
        /// - Throws: ``HTTP/FieldError/invalidName`` unless the text is a token (RFC 9110 §5.6.2).
        public init(validating text: String) throws(HTTP.FieldError) {
            let octets = text.utf8.span
            guard Octet.isToken(octets, 0..<octets.count) else { throw .invalidName }
            spelling = text
            role = FieldRole(octets, 0..<octets.count)
        }

        /// Takes a name written in the program; text that is not a token is a programmer's mistake.
        public init(stringLiteral text: String) {
            do {
                try self.init(validating: text)
            } catch {
                preconditionFailure("\"\(text)\" cannot be a field's name. \(error)")
            }
        }

        /// The name in lower case, as it is compared.
        public var lowercased: String { spelling.lowercased() }

        /// The name as it was given.
        public var description: String { spelling }
    }
}

extension HTTP.FieldName: Hashable {
    /// Compares in either case of ASCII letters (RFC 9110 §5.1).
    public static func == (left: Self, right: Self) -> Bool {
        let (one, other) = (left.spelling.utf8.span, right.spelling.utf8.span)
        return one.count == other.count && Octet.equalsIgnoringCase(one, from: 0, other)
    }

    /// Names that differ only in case hash alike.
    public func hash(into hasher: inout Hasher) {
        let octets = spelling.utf8.span
        hasher.combine(octets.count)
        for index in octets.indices { hasher.combine(Octet.lowercased(octets[index])) }
    }
}

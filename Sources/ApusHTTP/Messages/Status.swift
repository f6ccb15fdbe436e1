extension HTTP {
    /// A response's status code (RFC 9110 §15).
    public struct Status: Hashable, Sendable, CustomStringConvertible {
        private let number: UInt16

        /// Takes a three-digit code, whether registered or not; any other number is a programmer's mistake.
        public init(code: Int) {
            precondition((100...999).contains(code), "A status code has three digits (100...999), not \(code).")
            number = UInt16(code)
        }

        /// The three-digit code.
        public var code: Int { Int(number) }

        /// Whether a response with this status never has content: 1xx, 204 and 304 (RFC 9110 §6.4.1).
        public var forbidsContent: Bool { number < 200 || number == 204 || number == 304 }

        /// The code and its reason phrase, such as `404 Not Found`.
        public var description: String {
            let phrase = reasonPhrase
            return phrase.isEmpty ? "\(code)" : "\(code) \(phrase)"
        }
    }
}

extension HTTP {
    /// How much of a request's framing a server reads before it refuses the request.
    ///
    /// Sizes are octets, at most 16 MiB; a limit out of range is a programmer's mistake. Content has a limit elsewhere.
    public struct DecoderLimits: Hashable, Sendable {
        /// Length of the request line without its CRLF; a longer one is answered 414.
        public var requestLine: Int { didSet { Self.check(requestLine) } }
        /// Length of all field lines with their CRLFs; more is answered 431.
        public var fieldSectionBytes: Int { didSet { Self.check(fieldSectionBytes) } }
        /// Number of field lines; more are answered 431.
        public var fieldCount: Int { didSet { Self.check(fieldCount) } }
        /// Length of all chunk extensions of a request with their semicolons; more is answered 400.
        public var chunkExtensionBytes: Int { didSet { Self.check(chunkExtensionBytes) } }
        /// Length of all trailer lines with their CRLFs; more is answered 431.
        public var trailerBytes: Int { didSet { Self.check(trailerBytes) } }
        /// Number of trailer lines; more are answered 431.
        public var trailerCount: Int { didSet { Self.check(trailerCount) } }

        /// The defaults, apart from what is named; zero allows none at all.
        public init(
            requestLine: Int = 8_192, fieldSectionBytes: Int = 32_768, fieldCount: Int = 100,
            chunkExtensionBytes: Int = 4_096, trailerBytes: Int = 8_192, trailerCount: Int = 100
        ) {
            self.requestLine = requestLine
            self.fieldSectionBytes = fieldSectionBytes
            self.fieldCount = fieldCount
            self.chunkExtensionBytes = chunkExtensionBytes
            self.trailerBytes = trailerBytes
            self.trailerCount = trailerCount
            for limit in [requestLine, fieldSectionBytes, fieldCount, chunkExtensionBytes, trailerBytes, trailerCount] {
                Self.check(limit)
            }
        }

        private static func check(_ limit: Int) {
            precondition((0...16_777_216).contains(limit), "A decoder's limit is 0...16777216, not \(limit).")
        }
    }
}

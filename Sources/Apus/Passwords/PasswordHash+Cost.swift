import ApusCrypto

extension PasswordHash {
    /// What a hash costs him who computes it: scrypt's three numbers (RFC 7914 §2).
    public struct Cost: Sendable, Hashable, CustomStringConvertible {
        let parameters: Scrypt.Parameters

        /// N = 2^17, r = 8, p = 1: 128 MiB, and about 0.4 seconds of one core of a server.
        ///
        /// The first recommendation of OWASP's Password Storage Cheat Sheet. Those that it names as equals, for less
        /// memory, are 2^16 with p = 2, 2^15 with 3, 2^14 with 5 and 2^13 with 10.
        public static let recommended = Cost(.init(logN: 17, blockSize: 8, parallelization: 1))

        /// N = 2^14, r = 8, p = 5: 16 MiB; another of OWASP's recommendations, for small machines.
        public static let lowMemory = Cost(.init(logN: 14, blockSize: 8, parallelization: 5))

        /// The most memory that a hash may take: 256 MiB, besides what a block and a pass need.
        ///
        /// Whoever can write into the database could otherwise stop the server with one hash.
        public static let maximumOctets = 256 << 20

        /// The most that N · r · p may be: eight times that of the recommended cost.
        public static let maximumWork = 1 << 23

        /// - Parameters:
        ///   - logN: the logarithm to base 2 of N, the cost in time and memory.
        ///   - blockSize: r; 8 as a rule.
        ///   - parallelization: p; multiplies the time and not the memory.
        /// - Returns: nil for numbers that scrypt does not allow, or beyond `maximumOctets` or `maximumWork`.
        public init?(logN: Int, blockSize: Int = 8, parallelization: Int = 1) {
            guard
                let parameters = Scrypt.Parameters(
                    logN: logN, blockSize: blockSize, parallelization: parallelization),
                blockSize << logN <= Self.maximumWork, 128 * blockSize << logN <= Self.maximumOctets,
                parallelization <= Self.maximumWork / (blockSize << logN)
            else { return nil }
            self.parameters = parameters
        }

        /// The logarithm to base 2 of N.
        public var logN: Int { parameters.logN }

        /// r, in units of 128 octets.
        public var blockSize: Int { parameters.blockSize }

        /// p.
        public var parallelization: Int { parameters.parallelization }

        /// The numbers as they stand in a hash's text, such as `ln=17,r=8,p=1`.
        public var description: String { "ln=\(logN),r=\(blockSize),p=\(parallelization)" }

        private init(_ known: Scrypt.Parameters?) {
            guard let known else { preconditionFailure("the recommended cost is one that scrypt does not allow") }
            parameters = known
        }
    }
}

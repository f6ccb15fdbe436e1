extension LoginThrottle {
    /// How many failures are free, how long the waits are, and how much is remembered.
    public struct Limits: Hashable, Sendable {
        /// Failures of a user before waits begin; 5 by default.
        public var userFailures = 5
        /// Failures from an address, whatever the names, before waits begin; 50 by default.
        ///
        /// More than for a user, because an office or a mobile network has one address for many.
        public var addressFailures = 50
        /// The first wait, which each further failure doubles; 1 second by default.
        public var firstWait = Duration.seconds(1)
        /// The longest wait; 5 minutes by default.
        public var longestWait = Duration.seconds(300)
        /// How long after the last failure all of them are forgotten; 1 hour by default, never less than the longest
        /// wait.
        public var memory = Duration.seconds(3_600)
        /// How long an address stays known as one from which a user has logged in; 30 days by default.
        public var placeMemory = Duration.seconds(30 * 86_400)
        /// Attempts of one user, or from one address, that may be under way at once while none has to wait; 16 by
        /// default, and at least as many as failures are free.
        ///
        /// An attacker who sends them all in one moment can try that many, once. Who has to wait has one at a time.
        public var simultaneous = 16
        /// How many users, addresses, and users at addresses are remembered, each; 10,000 by default, some megabytes
        /// for all.
        ///
        /// When there are more, those with the fewest failures are forgotten.
        public var entries = 10_000

        /// The defaults.
        public init() {}

        /// The limits within what makes sense: at least one attempt, one entry, and a memory that outlasts the waits.
        var sensible: Limits {
            var limits = self
            limits.userFailures = max(1, userFailures)
            limits.addressFailures = max(1, addressFailures)
            limits.firstWait = max(.zero, firstWait)
            limits.longestWait = max(limits.firstWait, longestWait)
            limits.memory = max(limits.longestWait, memory)
            limits.simultaneous = max(1, simultaneous)
            limits.entries = max(8, entries)
            return limits
        }
    }
}

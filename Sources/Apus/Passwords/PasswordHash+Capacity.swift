import ApusCrypto
import ApusTransport

/// One computation of a key from a password.
struct Derivation: Sendable {
    let password: PreparedPassword
    let salt: [UInt8]
    let cost: PasswordHash.Cost
    let count: Int

    /// Takes the time and the memory that the cost says.
    @Sendable func run() throws -> [UInt8] {
        let key = try Scrypt.derive(from: password.secret, salt: salt.span, cost.parameters, count: count)
        return key.withBytes { octets in octets.indices.map { octets[$0] } }
    }
}

extension PasswordHash {
    /// How many hashes are computed at once, and how many may wait: so that a flood of logins takes neither all memory
    /// nor all cores.
    ///
    /// A computation waits for its turn, first come first served, and leaves the line when its task is cancelled. When
    /// the line is full the next one fails with a `Problem` 503 that says when to come again.
    public final class Capacity: Sendable {
        /// What all hashes use that name no other.
        public static let shared = Capacity()

        /// How many are computed at once by default: one for two cores, so that other work finds a thread, and at most
        /// four.
        ///
        /// With the recommended cost that is 128 to 512 MiB.
        public static let defaultSimultaneous = min(4, max(1, EventLoopGroup.coreCount / 2))

        /// How many may wait for each that is computed: 16, about seven seconds with the recommended cost.
        public static let waitingForEach = 16

        let line: WaitingLine
        private let compute: @Sendable (Derivation) throws -> [UInt8]

        /// - Parameters:
        ///   - simultaneous: how many are computed at once, 1 or more; each takes the memory that its cost says.
        ///   - waiting: how many may wait for their turn; `waitingForEach` times as many unless given.
        public convenience init(simultaneous: Int = Capacity.defaultSimultaneous, waiting: Int? = nil) {
            self.init(simultaneous: simultaneous, waiting: waiting) { try $0.run() }
        }

        init(
            simultaneous: Int, waiting: Int?, compute: @escaping @Sendable (Derivation) throws -> [UInt8]
        ) {
            precondition(simultaneous >= 1, "a capacity of less than one password at once would verify none")
            line = WaitingLine(places: simultaneous, waiting: max(0, waiting ?? simultaneous * Self.waitingForEach))
            self.compute = compute
        }

        func derive(_ derivation: Derivation) async throws -> [UInt8] {
            do throws(WaitingLine.Refusal) {
                try await line.enter()
            } catch .full {
                throw try Self.busy()
            } catch .cancelled, .closed {
                throw CancellationError()
            }
            defer { line.leave() }
            return try await offload { [compute] in try compute(derivation) }
        }

        private static func busy() throws -> Problem {
            var problem = Problem(.serviceUnavailable, "Too many passwords are being checked; try again later.")
            try problem.headers.set(.retryAfter, "5")
            problem.diagnosis = Problem.Diagnosis(
                symptom: "503 for a login",
                cause: "More passwords wait to be hashed than PasswordHash.Capacity lets wait.",
                fix:
                    "Slow down logins that fail with a LoginThrottle, or give the server more cores and a larger capacity."
            )
            return problem
        }
    }
}

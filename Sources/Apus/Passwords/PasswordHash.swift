import ApusCrypto

/// What a service keeps in place of a password: a salted hash that is costly to compute, in time and in memory (scrypt,
/// RFC 7914).
///
/// ```swift
/// let stored = try await PasswordHash.hash(form.password).text          // when the password is set
/// let good = try await PasswordHash.verify(login.password, against: PasswordHash(stored))
/// ```
///
/// Passwords are prepared after the OpaqueString profile (RFC 8265 §4.2): other spaces become U+0020, the text gets
/// Unicode's normalization form C, control characters and unassigned ones are refused. Case and all else stay. So a
/// password is the same from whichever keyboard; for ASCII its octets go into the hash as they are.
public struct PasswordHash: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// What it takes to compute the hash.
    public let cost: Cost

    let salt: [UInt8]
    let key: [UInt8]

    /// The longest password, in octets of UTF-8: 1,024.
    ///
    /// A longer one is refused before any work is done for it.
    public static let maximumPasswordOctets = 1_024

    /// The octets of a new salt; RFC 7914 leaves them open, NIST SP 800-132 §5.1 asks for 16.
    static let saltOctets = 16

    /// The octets of a new key.
    static let keyOctets = 32

    init(cost: Cost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Hashes a password under a new salt, away from the event loop.
    ///
    /// - Parameter capacity: where the computation waits for its turn; all share one unless told otherwise.
    /// - Throws: `Problem` 422 for a password that is empty, longer than `maximumPasswordOctets` or has characters that
    ///   are refused, 503 when too many wait already, and `CancellationError`.
    public static func hash(
        _ password: String, cost: Cost = .recommended, capacity: Capacity = .shared
    ) async throws -> PasswordHash {
        let prepared: PreparedPassword
        do throws(PasswordRefusal) {
            prepared = try PreparedPassword(password)
        } catch {
            throw Problem(.unprocessableContent, error.description, cause: error)
        }
        let salt = try SecureRandom.bytes(saltOctets)
        let key = try await capacity.derive(Derivation(password: prepared, salt: salt, cost: cost, count: keyOctets))
        return PasswordHash(cost: cost, salt: salt, key: key)
    }

    /// Whether the hash is that of the password, computed away from the event loop and compared in constant time.
    ///
    /// What `hash` refuses is false without a computation.
    ///
    /// - Throws: `Problem` 503 when too many wait already, and `CancellationError`.
    public static func verify(
        _ password: String, against hash: PasswordHash, capacity: Capacity = .shared
    ) async throws -> Bool {
        guard let prepared = try? PreparedPassword(password) else { return false }
        let key = try await capacity.derive(
            Derivation(password: prepared, salt: hash.salt, cost: hash.cost, count: hash.key.count))
        return ConstantTime.equal(key.span, hash.key.span)
    }

    /// True for a hash whose cost or lengths are not those that `hash` would give it today.
    ///
    /// The password is known in the moment in which it was verified; that is the time to hash it anew.
    public func needsRehash(for cost: Cost = .recommended) -> Bool {
        self.cost != cost || salt.count < Self.saltOctets || key.count < Self.keyOctets
    }

    /// The kind and the cost; neither salt nor hash.
    public var description: String { "scrypt \(cost) [redacted]" }

    /// The kind and the cost; neither salt nor hash.
    public var debugDescription: String { description }
}

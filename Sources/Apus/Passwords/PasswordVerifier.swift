/// Checks user names with passwords against stored hashes, at the same cost whether there is such a user or not.
///
/// ```swift
/// let users = PasswordVerifier { username in try await database.passwordHash(of: username) }
/// let basic = BasicAuthentication("Basic", realm: "Demo", validate: users.verify)
/// ```
///
/// For a name that nobody has, the password is hashed all the same, against a decoy of the cost given. So the time of
/// an answer does not say which names there are, as long as the stored hashes have that cost, and the look-up takes as
/// long for either: see `upgrading(_:)`.
public struct PasswordVerifier: Sendable {
    /// Finds the stored hash of a user; nil when there is no such user, or one without a password.
    public typealias Lookup = nonisolated(nonsending) @Sendable (_ username: String) async throws -> PasswordHash?

    /// Stores a new hash of a user's password.
    public typealias Upgrade =
        nonisolated(nonsending) @Sendable (_ username: String, _ hash: PasswordHash) async throws
        -> Void

    private let cost: PasswordHash.Cost
    private let capacity: PasswordHash.Capacity
    private let lookup: Lookup
    private let decoy: PasswordHash
    private var upgrade: Upgrade?

    /// - Parameters:
    ///   - cost: what the stored hashes cost, and therefore the decoy.
    ///   - capacity: where computations wait for their turn.
    ///   - lookup: finds a user's hash; names are taken as the client sent them.
    public init(
        cost: PasswordHash.Cost = .recommended, capacity: PasswordHash.Capacity = .shared, lookup: @escaping Lookup
    ) {
        self.cost = cost
        self.capacity = capacity
        self.lookup = lookup
        decoy = PasswordHash(
            cost: cost, salt: [UInt8](repeating: 0x5A, count: PasswordHash.saltOctets),
            key: [UInt8](repeating: 0, count: PasswordHash.keyOctets))
    }

    /// A verifier that hashes a good password anew when its stored hash has another cost, and has `upgrade` store the
    /// result.
    ///
    /// A login does not fail because there is no room for the new hash in the line; the next one tries again.
    public func upgrading(_ upgrade: @escaping Upgrade) -> PasswordVerifier {
        var upgrading = self
        upgrading.upgrade = upgrade
        return upgrading
    }

    /// Whether there is such a user and this is the password.
    ///
    /// - Throws: `Problem` 503 when too many passwords wait to be checked, `CancellationError`, and what the closures
    ///   throw.
    public func verify(_ credentials: BasicCredentials) async throws -> Bool {
        try await verify(username: credentials.username, password: credentials.password)
    }

    /// Whether there is such a user and this is the password, for logins by other ways than Basic, such as a form.
    ///
    /// - Throws: `Problem` 503 when too many passwords wait to be checked, `CancellationError`, and what the closures
    ///   throw.
    public func verify(username: String, password: String) async throws -> Bool {
        let stored = try await lookup(username)
        let isRight = try await PasswordHash.verify(password, against: stored ?? decoy, capacity: capacity)
        // The decoy's key is none that anybody knows a password for; but a user who does not exist has no right one.
        guard isRight, let stored else { return false }
        if let upgrade, stored.needsRehash(for: cost),
            let hash = try? await PasswordHash.hash(password, cost: cost, capacity: capacity)
        {
            try await upgrade(username, hash)
        }
        return true
    }
}

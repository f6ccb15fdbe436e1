public import FoundationEssentials
import Synchronization

/// The owner of a service's keys, of which one signs and all verify.
///
/// Changes go through the actor, which then publishes a new `KeySet`; whoever verifies reads the current one without
/// waiting. To change keys without refusing tokens that are under way, let the store `rotate()` them: the new key is
/// published first, signs later, and the old one stays accepted until its last token has ended.
public actor KeyStore {
    /// How many keys a store can hold.
    public static let maximumKeys = 100
    /// How many revoked tokens and subjects a store holds unless told otherwise.
    public static let defaultMaximumRevocations = 100_000
    /// How far the clocks of those who verify may be behind, as in `ValidationParameters.clockSkew`.
    static let clockSkew: Duration = .seconds(60)

    package nonisolated let clock: @Sendable () -> Date
    nonisolated let report: @Sendable (KeyStoreEvent) -> Void
    nonisolated let makeKey: @Sendable (SignatureAlgorithm) throws(KeyError) -> SigningKey
    package nonisolated let isStored: Bool
    let maximumRevocations: Int
    private nonisolated let published: Mutex<KeySet>
    private nonisolated let notedSeconds = Atomic<Int>(0)

    var ledger: KeyLedger
    var directory: KeyDirectory?
    /// What holds though the directory does not have it yet.
    var unwritten = UnwrittenChanges()
    var lastLook: Date?
    var lastFailure: KeyStoreError?

    /// Takes the key that signs and, if there are any, more keys that verify; they live as long as the process.
    ///
    /// - Parameters:
    ///   - clock: the time by which keys rotate and end.
    ///   - onEvent: is told about changes and failures, for the log; it must return soon.
    /// - Throws: `KeyError.kidTaken` when two keys have one identifier, as the same secret twice has.
    public init(
        _ key: SigningKey, _ others: SigningKey..., clock: @escaping @Sendable () -> Date = { Date.now },
        onEvent: @escaping @Sendable (KeyStoreEvent) -> Void = { _ in }
    ) throws(KeyError) {
        try self.init(key, others, clock: clock, onEvent: onEvent, makingKeysWith: Self.generateKey)
    }

    /// Otherwise as the public one.
    ///
    /// - Parameter makeKey: makes the keys that follow; a simulation must have the same ones each time.
    package init(
        _ key: SigningKey, _ others: [SigningKey] = [], clock: @escaping @Sendable () -> Date,
        onEvent: @escaping @Sendable (KeyStoreEvent) -> Void = { _ in },
        makingKeysWith makeKey: @escaping @Sendable (SignatureAlgorithm) throws(KeyError) -> SigningKey
    ) throws(KeyError) {
        let ledger = KeyLedger([StoredKey(key, .always)] + others.map { StoredKey($0, .verifying) })
        self.ledger = ledger
        isStored = false
        self.clock = clock
        self.makeKey = makeKey
        report = onEvent
        maximumRevocations = Self.defaultMaximumRevocations
        published = Mutex(try KeySet(ledger.keys))
    }

    /// Opens the keys that live in a directory, which several processes may share; an empty one gets its first key.
    ///
    /// A key is a file `NAME.jwk.json`, a JWK whose member `apus` has its dates, or `NAME.pem`, whose dates stand in
    /// `NAME.pem.dates.json`; without dates it signs from the time at which the file was written. All files are written
    /// with mode 0600, whole or not at all. At most 100 keys of at most 64 KB are read.
    ///
    /// What other processes do is seen where `watch(every:sleep:)` runs: a server with a `JWKSRoute` or a
    /// `BearerAuthentication` for the store runs it by itself, other programs must. A token under an unknown key makes the
    /// store look at once, but a revocation has nothing that tells of it.
    ///
    /// Private parts are wiped from memory where they are octets: the content of the files, and what is written to them. A
    /// JWK passes through strings, which Swift has no way to wipe; prefer PEM where memory dumps are a concern.
    /// - Parameters:
    ///   - directory: the path; it is made with mode 0700 when it is not there.
    ///   - algorithm: what the first key is for, if there is none yet.
    ///   - allowsFilesOpenToOthers: whether to read keys that other users of the machine can read or write.
    ///   - maximumRevocations: how many revoked tokens and subjects the store holds.
    ///   - clock: the time by which keys rotate and end.
    ///   - onEvent: is told about changes and failures, for the log; it must return soon.
    /// - Throws: `KeyStoreError` when the directory or a file in it cannot be used.
    public init(
        directory path: String,
        algorithm: SignatureAlgorithm = .hs256,
        allowsFilesOpenToOthers: Bool = false,
        maximumRevocations: Int = KeyStore.defaultMaximumRevocations,
        clock: @escaping @Sendable () -> Date = { Date.now },
        onEvent: @escaping @Sendable (KeyStoreEvent) -> Void = { _ in }
    ) throws(KeyStoreError) {
        var directory = KeyDirectory(
            path, allowsFilesOpenToOthers: allowsFilesOpenToOthers, maximumRevocations: maximumRevocations)
        let ledger = try directory.open(at: clock(), algorithm: algorithm)
        self.directory = directory
        self.ledger = ledger
        isStored = true
        self.clock = clock
        self.maximumRevocations = maximumRevocations
        makeKey = Self.generateKey
        report = onEvent
        published = Mutex(try ledger.keySet())
    }

    /// The keys as they are now.
    public nonisolated var keySet: KeySet { published.withLock { $0 } }

    /// Adds a key that verifies and may sign later; which key signs stays as it is.
    ///
    /// - Throws: `KeyError.kidTaken` in `KeyStoreError.key`.
    public nonisolated func add(_ key: SigningKey) async throws(KeyStoreError) {
        try await add(StoredKey(key, .waiting))
    }

    /// Adds a key that only verifies, such as another issuer's.
    ///
    /// - Throws: `KeyError.kidMissing` or `KeyError.kidTaken` in `KeyStoreError.key`, and in a directory
    ///   `KeyStoreError.keyNotStorable` for what verifies under a shared secret, which is not written without it.
    public nonisolated func add(_ key: VerificationKey) async throws(KeyStoreError) {
        let stored: StoredKey
        do {
            stored = try StoredKey(key, .verifying)
        } catch {
            throw .key(error)
        }
        try await add(stored)
    }

    nonisolated func add(_ key: StoredKey) async throws(KeyStoreError) {
        try await change { (ledger, _) throws(KeyStoreError) in try ledger.add(key) }
    }

    /// Removes a key; its tokens are refused from then on.
    ///
    /// - Throws: in `KeyStoreError.key`, `KeyError.kidUnknown`, or `KeyError.signingKeyNotRemovable` for the key that
    ///   signs.
    public nonisolated func remove(kid: String) async throws(KeyStoreError) {
        try await change { (ledger, now) throws(KeyStoreError) in try ledger.remove(kid: kid, at: now) }
    }

    /// Lets a key of the store sign new tokens at once; the key that signed until now goes on verifying for a time.
    ///
    /// That is `defaultOverlap`, or as long as a token under it can live if that is longer; then it ends by itself. Servers
    /// that do not know the new key yet refuse its tokens: `rotate()` publishes it first.
    /// - Throws: in `KeyStoreError.key`, `KeyError.kidUnknown`, or `KeyError.signingImpossible` for a key that only
    ///   verifies.
    public nonisolated func use(kid: String) async throws(KeyStoreError) {
        try await change { (ledger, now) throws(KeyStoreError) in try ledger.use(kid: kid, at: now) }
    }
}

extension KeyStore {
    /// The longest lifetime that `noteLifetime` was told, in seconds.
    nonisolated var notedLifetime: Int { notedSeconds.load(ordering: .relaxed) }

    /// Lets every key that signs from now on be accepted for this long after it, whether or not a token says so.
    ///
    /// For what is signed or sealed without waiting. In a directory it is written with the next change, or look, of the store.
    nonisolated func noteLifetime(_ seconds: Int) { notedSeconds.max(seconds, ordering: .relaxed) }

    func publish(_ ledger: KeyLedger) throws(KeyStoreError) {
        let keySet = try ledger.keySet()
        self.ledger = ledger
        published.withLock { $0 = keySet }
    }
}

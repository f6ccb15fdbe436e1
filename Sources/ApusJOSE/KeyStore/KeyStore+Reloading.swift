extension KeyStore {
    /// How soon after a look at the directory an unknown key makes the store look again: one second.
    static let lookCooldown: Duration = .seconds(1)

    /// Takes over what the directory holds by now; does nothing in a store that has none.
    ///
    /// - Throws: `KeyStoreError` for a file that cannot be used; what was read of it last stays in use, and what can be used
    ///   of the others is taken over.
    public nonisolated func reload() async throws(KeyStoreError) {
        try await takeOver(evenUnchanged: true)
    }

    /// Looks for changes in the directory again and again, and takes them over; returns when its task is cancelled.
    ///
    /// A server does this by itself for the stores that its `JWKSRoute`s and its `BearerAuthentication`s name when it starts. For others,
    /// such as one that only a handler issues tokens from, let it run beside the server, as `Server.background(_:_:)`. A look compares names, sizes and times; only files that
    /// changed are read. One that cannot be used is reported once, and what was read of it last stays in use.
    /// - Parameters:
    ///   - interval: the time between two looks.
    ///   - sleep: waits for a time, or throws when its task is cancelled.
    /// - Throws: `KeyStoreError.scheduleInvalid` for an interval that is not longer than zero.
    public nonisolated func watch(
        every interval: Duration = .seconds(2),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async throws(KeyStoreError) {
        guard interval > .zero else { throw .scheduleInvalid("The interval of a watch must be longer than zero") }
        while !Task.isCancelled {
            // What fails has been reported, and the next look may find it repaired.
            _ = try? await takeOver(evenUnchanged: false)
            do {
                try await sleep(interval)
            } catch {
                return
            }
        }
    }
}

extension KeyStore: KeySource {
    /// The store's keys, whoever the issuer is.
    public nonisolated func keySet(forIssuer issuer: String?) -> KeySet? { keySet }

    /// The store itself.
    public nonisolated var keyStores: [KeyStore] { [self] }

    /// Looks into the directory for a key that another process made, once a second at most.
    public nonisolated func refresh(_ reason: KeyRefreshReason) async -> Bool {
        guard isStored else { return false }
        if await takeOverIfDue(after: Self.lookCooldown) { return true }
        // Another token's look may have found the key since this one was refused.
        guard case .unknownKey(let kid, _) = reason else { return false }
        return kid.map { keySet.storedKey(for: $0) != nil } ?? false
    }
}

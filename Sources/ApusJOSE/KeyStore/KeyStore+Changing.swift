import FoundationEssentials

/// What the topics of the store share: how its keys change, and how they are looked at.
extension KeyStore {
    /// Runs a step of the store on `KeyWork.executor`, wherever its caller runs.
    ///
    /// Who calls the store from a handler would lend it the thread of his connections, and making an RSA key and waiting for
    /// a disk would hold all of them. So every public method that changes or looks is nonisolated and comes through here: the
    /// thread that runs an actor also runs what others enqueue meanwhile, and must not be that of a caller.
    private nonisolated func onPool<Outcome: Sendable>(
        _ step: @Sendable (KeyStore) async -> Result<Outcome, KeyStoreError>
    ) async throws(KeyStoreError) -> Outcome {
        let result = await withTaskExecutorPreference(KeyWork.executor) { await Self.run(step, on: self) }
        return try result.get()
    }

    @concurrent
    private static func run<Outcome: Sendable>(
        _ step: @Sendable (KeyStore) async -> Result<Outcome, KeyStoreError>, on store: KeyStore
    ) async -> Result<Outcome, KeyStoreError> {
        await step(store)
    }

    // MARK: Changing

    /// Changes a copy of the keys and publishes it, in a directory under its lock and from what it holds by now.
    ///
    /// Files that cannot be used are reported and stop no change. The body gets the present instant, at which what has
    /// ended is dropped afterwards.
    /// - Parameter holdsUnwritten: whether a change that cannot be written is in use all the same, and then written with
    ///   the next one; the error is thrown in either case.
    @discardableResult
    nonisolated func change<Outcome: Sendable>(
        holdsUnwritten: Bool = false,
        _ body: @Sendable (inout KeyLedger, Date) throws(KeyStoreError) -> Outcome
    ) async throws(KeyStoreError) -> Outcome {
        try await onPool { store in await store.changeHere(holdsUnwritten: holdsUnwritten, body) }
    }

    private func changeHere<Outcome: Sendable>(
        holdsUnwritten: Bool, _ body: @Sendable (inout KeyLedger, Date) throws(KeyStoreError) -> Outcome
    ) async -> Result<Outcome, KeyStoreError> {
        do throws(KeyStoreError) {
            guard isStored else {
                let (outcome, after) = try changed(ledger, body)
                try publish(after)
                return .success(outcome)
            }
            let lock: KeyDirectory.Lock
            do throws(KeyStoreError) {
                lock = try await self.lock()
            } catch {
                if holdsUnwritten { try hold(try changed(ledger, body).after, insteadOf: ledger, because: error) }
                throw error
            }
            defer { withExtendedLifetime(lock) {} }
            return .success(try changeDirectory(holdsUnwritten: holdsUnwritten, body))
        } catch {
            return .failure(error)
        }
    }

    private func changeDirectory<Outcome>(
        holdsUnwritten: Bool, _ body: (inout KeyLedger, Date) throws(KeyStoreError) -> Outcome
    ) throws(KeyStoreError) -> Outcome {
        let written = look().ledger
        var before = written
        unwritten.apply(to: &before)
        let (outcome, after) = try changed(before, body)
        do throws(KeyStoreError) {
            guard var directory else { return outcome }
            // What was written must be known even if a later write fails.
            defer { self.directory = directory }
            try directory.save(after, replacing: written)
        } catch {
            if holdsUnwritten { try hold(after, insteadOf: written, because: error) }
            throw error
        }
        unwritten = UnwrittenChanges()
        try publish(after)
        return outcome
    }

    private func changed<Outcome>(
        _ before: KeyLedger, _ body: (inout KeyLedger, Date) throws(KeyStoreError) -> Outcome
    ) throws(KeyStoreError) -> (outcome: Outcome, after: KeyLedger) {
        let now = clock()
        var after = before
        after.noteLifetime(notedLifetime, at: now)
        let outcome = try body(&after, now)
        after.dropEnded(at: now, maximumRevocations: maximumRevocations)
        try limit(after)
        return (outcome, after)
    }

    /// Publishes what could not be written, and keeps it until it can.
    private func hold(
        _ after: KeyLedger, insteadOf before: KeyLedger, because error: KeyStoreError
    ) throws(KeyStoreError) {
        unwritten.note(after, since: before)
        try publish(after)
        report(.writingFailed(error))
    }

    private func limit(_ ledger: KeyLedger) throws(KeyStoreError) {
        guard ledger.keys.count <= Self.maximumKeys else { throw .tooManyKeys(limit: Self.maximumKeys) }
        guard ledger.revocations.count <= maximumRevocations else {
            throw .revocationsFull(limit: maximumRevocations)
        }
    }

    /// The lock of the directory; waits for other processes, each for milliseconds.
    private func lock() async throws(KeyStoreError) -> KeyDirectory.Lock {
        for _ in 0..<KeyDirectory.lockAttempts {
            if let lock = try directory?.tryLock() { return lock }
            do {
                try await Task.sleep(for: KeyDirectory.lockPause)
            } catch {
                break
            }
        }
        throw .directoryBusy
    }

    // MARK: Looking

    /// Takes over what the directory holds by now, and writes what could not be written before.
    ///
    /// - Returns: whether anything had changed since the last look.
    /// - Throws: what stands against a file; all others are taken over.
    @discardableResult
    nonisolated func takeOver(evenUnchanged: Bool) async throws(KeyStoreError) -> Bool {
        let look = try await onPool { store in .success(await store.takeOverHere(evenUnchanged: evenUnchanged)) }
        if look.hasUnwritten { try? await change { (_, _) throws(KeyStoreError) in } }
        return try look.hasChanged.get()
    }

    /// Takes over what the directory holds, when an unknown key makes that worth while and the last look is not too new.
    ///
    /// - Returns: whether anything had changed.
    nonisolated func takeOverIfDue(after cooldown: Duration) async -> Bool {
        let isDue = try? await onPool { store in .success(await store.isLookDue(after: cooldown)) }
        guard isDue == true else { return false }
        return (try? await takeOver(evenUnchanged: false)) == true
    }

    private func takeOverHere(
        evenUnchanged: Bool
    ) -> (hasChanged: Result<Bool, KeyStoreError>, hasUnwritten: Bool) {
        (takeOver(evenUnchanged), !unwritten.isEmpty || hasUnnotedLifetime)
    }

    private var hasUnnotedLifetime: Bool {
        var noted = ledger
        noted.noteLifetime(notedLifetime, at: clock())
        return zip(noted.keys, ledger.keys).contains { $0.schedule != $1.schedule }
    }

    private func takeOver(_ evenUnchanged: Bool) -> Result<Bool, KeyStoreError> {
        guard let directory else { return .success(false) }
        lastLook = clock()
        if !evenUnchanged, let hasChanged = try? directory.hasChanged(), !hasChanged { return .success(false) }
        var (ledger, failure) = look()
        unwritten.apply(to: &ledger)
        do throws(KeyStoreError) {
            try limit(ledger)
            try publish(ledger)
        } catch {
            note(error)
            return .failure(error)
        }
        if let failure { return .failure(failure) }
        report(.reloaded(keys: ledger.keys.count))
        return .success(true)
    }

    /// What the directory holds, or what was published last when nothing of it can be read; failures are reported.
    private func look() -> (ledger: KeyLedger, failure: KeyStoreError?) {
        guard var directory else { return (ledger, nil) }
        defer { self.directory = directory }
        do throws(KeyStoreError) {
            let found = try directory.look()
            note(found.failure)
            return found
        } catch {
            note(error)
            return (ledger, error)
        }
    }

    /// Reports a failure unless it is that of the last look: looks follow each other, and what is broken stays so a while.
    private func note(_ failure: KeyStoreError?) {
        if let failure, failure != lastFailure { report(.reloadFailed(failure)) }
        lastFailure = failure
    }

    /// Whether the last look at the directory is so long ago that another one is due; a clock set back counts as long.
    private func isLookDue(after cooldown: Duration) -> Bool {
        guard let lastLook else { return true }
        let elapsed = clock().timeIntervalSince(lastLook)
        return elapsed < 0 || elapsed >= cooldown / .seconds(1)
    }
}

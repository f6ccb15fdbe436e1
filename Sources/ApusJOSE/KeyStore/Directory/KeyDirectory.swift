import ApusCrypto
import FoundationEssentials

/// The files of a key store: read when they changed, written one by one so that each step leaves a state that holds.
struct KeyDirectory {
    static let maximumFileOctets = 64 << 10
    static let lockAttempts = 500
    static let lockPause: Duration = .milliseconds(10)

    let path: String
    let allowsFilesOpenToOthers: Bool
    let maximumRevocations: Int

    /// The files as they were read last, by their names.
    var read: [String: ReadFile] = [:]
    var readRevocations: (stamp: FileCall.Stamp, revocations: Revocations)?
    /// Why the revocations could not be read at the last look.
    private(set) var revocationsFailure: KeyStoreError?
    /// The names of the files by the identifiers of their keys.
    var fileNames: [String: String] = [:]
    /// What the files looked like whose content is in use; nil when that is not known.
    var fingerprint: [String: FileCall.Stamp]?

    /// A key as a file held it, with what tells whether the file is still that one.
    struct ReadFile {
        /// Nil for what was written here and is read back at the next look.
        let stamp: FileCall.Stamp?
        let dates: FileCall.Stamp?
        let key: StoredKey
    }

    /// The lock of a directory; it is let go when the last reference is.
    final class Lock: Sendable {
        private let lock: FileCall.Lock

        fileprivate init(_ lock: consuming FileCall.Lock) {
            self.lock = lock
        }
    }

    init(_ path: String, allowsFilesOpenToOthers: Bool, maximumRevocations: Int) {
        self.path = path
        self.allowsFilesOpenToOthers = allowsFilesOpenToOthers
        self.maximumRevocations = maximumRevocations
    }

    func tryLock() throws(KeyStoreError) -> Lock? {
        guard let lock = try FileCall.lock(path + "/.lock") else { return nil }
        return Lock(lock)
    }

    /// Reads the keys, and makes the first one when there are none.
    mutating func open(at now: Date, algorithm: SignatureAlgorithm) throws(KeyStoreError) -> KeyLedger {
        try FileCall.makeDirectory(path)
        let found = try load()
        if !found.keys.isEmpty { return found }
        // Of processes that start together the first one makes the key, and the others find it.
        for _ in 0..<Self.lockAttempts {
            guard let lock = try tryLock() else {
                FileCall.pause(milliseconds: 10)
                continue
            }
            defer { withExtendedLifetime(lock) {} }
            let before = try load()
            if !before.keys.isEmpty { return before }
            var after = before
            let key: SigningKey
            do {
                key = try .generated(algorithm)
            } catch {
                throw .key(error)
            }
            try after.add(StoredKey(key, KeySchedule(activeFrom: now)))
            try save(after, replacing: before)
            return after
        }
        throw .directoryBusy
    }

    /// Whether names, sizes or times differ from those of what is in use; true after an attempt to read that failed.
    func hasChanged() throws(KeyStoreError) -> Bool {
        try stamps() != fingerprint
    }

    /// Reads what the directory holds, all of which must be usable.
    mutating func load() throws(KeyStoreError) -> KeyLedger {
        let (ledger, failure) = try look()
        if let failure { throw failure }
        return ledger
    }

    /// Reads what the directory holds; files that did not change are not read again.
    ///
    /// A file that cannot be used counts as it was read last, and as not there if it never was.
    /// - Returns: what is usable, and the first reason why not all is.
    mutating func look() throws(KeyStoreError) -> (ledger: KeyLedger, failure: KeyStoreError?) {
        var attempts = 3
        while true {
            do throws(KeyStoreError) {
                return try lookOnce()
            } catch {
                attempts -= 1
                // A file that vanished between its listing and its reading was removed by another process.
                guard FileCall.isMissing(error), attempts > 0 else { throw error }
            }
        }
    }

    private mutating func lookOnce() throws(KeyStoreError) -> (ledger: KeyLedger, failure: KeyStoreError?) {
        fingerprint = nil
        let stamps = try stamps()
        let directory = try FileCall.stamp(path)
        // Who may write into the directory may put a key of his own there.
        guard allowsFilesOpenToOthers || directory.permissions & 0o022 == 0 else {
            throw .fileOpenToOthers(path, mode: String(directory.permissions, radix: 8))
        }
        let names = stamps.keys.filter(KeyFile.isKey).sorted()
        guard names.count <= KeyStore.maximumKeys else { throw .tooManyKeys(limit: KeyStore.maximumKeys) }
        var files: [String: ReadFile] = [:]
        var fileNames: [String: String] = [:]
        var keys: [StoredKey] = []
        var failure: KeyStoreError?
        for name in names {
            let file: ReadFile
            do throws(KeyStoreError) {
                file = try self.file(name, stamps)
            } catch {
                guard !FileCall.isMissing(error) else { throw error }
                failure = failure ?? error
                guard let last = read[name] else { continue }
                file = last
            }
            let kid = file.key.kid
            if let other = fileNames[kid], let position = keys.firstIndex(where: { $0.kid == kid }) {
                failure =
                    failure
                    ?? .fileInvalid(
                        name, reason: "its key has the same identifier as that of '\(EchoedText(other))'")
                // The file that is known stays, whatever the new one is called.
                guard self.fileNames[kid] == name else { continue }
                files[other] = nil
                keys.remove(at: position)
            }
            fileNames[kid] = name
            files[name] = file
            keys.append(file.key)
        }
        let revocations: Revocations
        do throws(KeyStoreError) {
            revocations = try self.revocations(stamps[KeyFile.revocations])
            revocationsFailure = nil
        } catch {
            guard !FileCall.isMissing(error) else { throw error }
            failure = failure ?? error
            revocationsFailure = error
            revocations = readRevocations?.revocations ?? Revocations()
        }
        read = files
        self.fileNames = fileNames
        // As they were before they were read: what changed meanwhile differs at the next look. So does what failed.
        fingerprint = failure == nil ? stamps : nil
        return (KeyLedger(keys, revocations: revocations), failure)
    }

    private func stamps() throws(KeyStoreError) -> [String: FileCall.Stamp] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw .fileInvalid(path, reason: "it cannot be listed; expected a directory that this process may read")
        }
        var stamps: [String: FileCall.Stamp] = [:]
        for name in names where KeyFile.isRelevant(name) {
            do throws(KeyStoreError) {
                stamps[name] = try FileCall.stamp(path + "/" + name)
            } catch {
                guard FileCall.isMissing(error) else { throw error }
            }
        }
        return stamps
    }

    // MARK: Reading

    private func file(_ name: String, _ stamps: [String: FileCall.Stamp]) throws(KeyStoreError) -> ReadFile {
        let datesName = name + KeyFile.datesSuffix
        if let known = read[name], known.stamp == stamps[name], known.dates == stamps[datesName] { return known }
        let (octets, stamp) = try contents(name, limit: Self.maximumFileOctets)
        let written = Date(
            timeIntervalSince1970: Double(stamp.modifiedSeconds) + Double(stamp.modifiedNanoseconds) / 1e9)
        var dates: FileCall.Stamp?
        var schedule = KeySchedule(activeFrom: written)
        let material: KeyMaterialFile
        if name.hasSuffix(KeyFile.jwkSuffix) {
            var object = try KeyFile.object(octets, in: name)
            schedule = try KeyFile.schedule(in: object, of: name) ?? schedule
            object[KeyFile.datesMember] = nil
            material = try KeyMaterialFile(jwk: object, file: name)
        } else {
            if stamps[datesName] != nil {
                let (text, stamp) = try contents(datesName, limit: Self.maximumFileOctets)
                dates = stamp
                schedule = try KeyFile.schedule(in: try KeyFile.object(text, in: datesName), of: datesName) ?? schedule
            }
            material = try KeyMaterialFile(pem: octets, file: name)
        }
        let key = try material.storedKey(schedule, file: name)
        if key.signingKey != nil { try checkPrivacy(name, stamp, 0o077) }
        return ReadFile(stamp: stamp, dates: dates, key: key)
    }

    private mutating func revocations(_ stamp: FileCall.Stamp?) throws(KeyStoreError) -> Revocations {
        guard let stamp else { return Revocations() }
        if let known = readRevocations, known.stamp == stamp { return known.revocations }
        let (octets, read) = try contents(KeyFile.revocations, limit: RevocationFile.maximumOctets)
        let revocations = try RevocationFile.revocations(octets, limit: maximumRevocations)
        readRevocations = (read, revocations)
        return revocations
    }

    func contents(
        _ name: String, limit: Int
    ) throws(KeyStoreError) -> (octets: SecretBytes, stamp: FileCall.Stamp) {
        let (octets, stamp) = try FileCall.read(path + "/" + name, limit: limit)
        try checkPrivacy(name, stamp, 0o022)
        return (octets, stamp)
    }

    private func checkPrivacy(
        _ name: String, _ stamp: FileCall.Stamp, _ mask: UInt32
    ) throws(KeyStoreError) {
        guard allowsFilesOpenToOthers || stamp.permissions & mask == 0 else {
            throw .fileOpenToOthers(name, mode: String(stamp.permissions, radix: 8))
        }
    }
}

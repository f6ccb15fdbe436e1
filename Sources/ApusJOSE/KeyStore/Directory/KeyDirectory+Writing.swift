import ApusCrypto
import FoundationEssentials

extension KeyDirectory {
    /// Writes what differs, new keys first and removals last; call it with the lock held.
    mutating func save(_ after: KeyLedger, replacing before: KeyLedger) throws(KeyStoreError) {
        try removeLeftovers()
        for key in after.keys where before.schedule(of: key.kid) == nil { try write(key) }
        for key in after.keys {
            guard let old = before.schedule(of: key.kid), old != key.schedule else { continue }
            try writeDates(key)
        }
        if !after.revocations.hasSameEntries(as: before.revocations) { try write(after.revocations) }
        for key in before.keys where after.schedule(of: key.kid) == nil {
            guard let name = fileNames[key.kid] else { continue }
            for name in [name, name + KeyFile.datesSuffix] {
                try FileCall.remove(path + "/" + name)
                fingerprint?[name] = nil
            }
        }
    }

    private mutating func write(_ revocations: Revocations) throws(KeyStoreError) {
        switch revocationsFailure {
        // What is no JSON is lost already; what others could read, or a store with another limit, is not.
        case nil, .fileInvalid: break
        case let failure?: throw failure
        }
        try FileCall.replace(KeyFile.revocations, in: path, with: RevocationFile.octets(revocations).span)
        readRevocations = (try note(KeyFile.revocations), revocations)
    }

    private mutating func write(_ key: StoredKey) throws(KeyStoreError) {
        let jwk = try Self.object(of: key)
        // A person may have given that name to another key's file, or to one that cannot be read.
        let plain = KeyFile.name(forKid: key.kid)
        let name = try isFree(plain) ? plain : KeyFile.markedName(forKid: key.kid)
        guard try isFree(name) else { throw .fileInvalid(name, reason: "it holds a key of another identifier") }
        try replace(name, with: KeyFile.object(jwk, with: key.schedule))
        fileNames[key.kid] = name
        read[name] = ReadFile(stamp: nil, dates: nil, key: key)
    }

    private func isFree(_ name: String) throws(KeyStoreError) -> Bool {
        do throws(KeyStoreError) {
            _ = try FileCall.stamp(path + "/" + name)
            return false
        } catch {
            guard FileCall.isMissing(error) else { throw error }
            return true
        }
    }

    private static func object(of key: StoredKey) throws(KeyStoreError) -> JSONObject {
        let jwk: JSONObject?
        do throws(KeyError) {
            jwk = try key.jwk()?.object(includingPrivateParts: key.signingKey != nil)
        } catch {
            throw .key(error)
        }
        guard let jwk else { throw .keyNotStorable(key.kid) }
        return jwk
    }

    private mutating func writeDates(_ key: StoredKey) throws(KeyStoreError) {
        guard let name = fileNames[key.kid] else { throw .keyNotStorable(key.kid) }
        let isWhole = name.hasSuffix(KeyFile.jwkSuffix)
        let target = isWhole ? name : name + KeyFile.datesSuffix
        var object = JSONObject()
        do throws(KeyStoreError) {
            object = try KeyFile.object(try contents(target, limit: Self.maximumFileOctets).octets, in: target)
            if isWhole { _ = try KeyMaterialFile(jwk: object, file: target) }
        } catch {
            if isWhole {
                // A key whose file has gone is not made again; one whose file broke since it was read is written whole.
                guard !FileCall.isMissing(error) else { throw error }
                object = try Self.object(of: key)
            }
        }
        try replace(target, with: KeyFile.object(object, with: key.schedule))
        read[name] = ReadFile(stamp: nil, dates: nil, key: key)
    }

    private mutating func replace(_ name: String, with object: JSONObject) throws(KeyStoreError) {
        var octets: [UInt8] = []
        // An array that grows leaves copies behind, which nobody can wipe.
        octets.reserveCapacity(Self.maximumFileOctets)
        JSONWriter.write(object, to: &octets)
        defer { octets.wipe() }
        try FileCall.replace(name, in: path, with: octets.span)
        try note(name)
    }

    /// Remembers what was just written as what is in use; what others wrote meanwhile still differs.
    @discardableResult
    private mutating func note(_ name: String) throws(KeyStoreError) -> FileCall.Stamp {
        let stamp = try FileCall.stamp(path + "/" + name)
        fingerprint?[name] = stamp
        return stamp
    }

    /// What a process left that ended between writing a file and giving it its name.
    private func removeLeftovers() throws(KeyStoreError) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name.hasPrefix(FileCall.temporaryPrefix) { try FileCall.remove(path + "/" + name) }
    }
}

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
        if !after.revocations.hasSameEntries(as: before.revocations) {
            try FileCall.replace(KeyFile.revocations, in: path, with: RevocationFile.octets(after.revocations).span)
            try note(KeyFile.revocations)
            readRevocations = fingerprint?[KeyFile.revocations].map { ($0, after.revocations) }
        }
        for key in before.keys where after.schedule(of: key.kid) == nil {
            guard let name = fileNames[key.kid] else { continue }
            for name in [name, name + KeyFile.datesSuffix] {
                try FileCall.remove(path + "/" + name)
                fingerprint?[name] = nil
            }
        }
    }

    private mutating func write(_ key: StoredKey) throws(KeyStoreError) {
        let jwk: JSONObject?
        do throws(KeyError) {
            jwk = try key.jwk()?.object(includingPrivateParts: key.signingKey != nil)
        } catch {
            throw .key(error)
        }
        guard let jwk else { throw .keyNotStorable(key.kid) }
        // A person may have given that name to another key's file.
        let plain = KeyFile.name(forKid: key.kid)
        let name = read[plain] == nil ? plain : KeyFile.markedName(forKid: key.kid)
        guard read[name] == nil else { throw .fileInvalid(name, reason: "it holds a key of another identifier") }
        let octets = JSONValue.object(KeyFile.object(jwk, with: key.schedule)).serialized()
        try FileCall.replace(name, in: path, with: octets.span)
        try note(name)
        fileNames[key.kid] = name
    }

    private mutating func writeDates(_ key: StoredKey) throws(KeyStoreError) {
        guard let name = fileNames[key.kid] else { throw .keyNotStorable(key.kid) }
        var target = name
        var object = JSONObject()
        if name.hasSuffix(KeyFile.jwkSuffix) {
            object = try KeyFile.object(try contents(name, limit: Self.maximumFileOctets).octets, in: name)
        } else {
            target = name + KeyFile.datesSuffix
            do throws(KeyStoreError) {
                object = try KeyFile.object(try contents(target, limit: Self.maximumFileOctets).octets, in: target)
            } catch {
                guard FileCall.isMissing(error) else { throw error }
            }
        }
        let octets = JSONValue.object(KeyFile.object(object, with: key.schedule)).serialized()
        try FileCall.replace(target, in: path, with: octets.span)
        try note(target)
    }

    /// Remembers what was just written as what is in use; what others wrote meanwhile still differs.
    private mutating func note(_ name: String) throws(KeyStoreError) {
        fingerprint?[name] = try FileCall.stamp(path + "/" + name)
    }

    /// What a process left that ended between writing a file and giving it its name.
    private func removeLeftovers() throws(KeyStoreError) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name.hasPrefix(FileCall.temporaryPrefix) { try FileCall.remove(path + "/" + name) }
    }
}

import ApusCrypto

extension EncryptedMessage {
    /// Each attempt may cost an operation with a private key, or thousands of hashes for a password.
    static let maximumAttempts = 8

    func decrypt(
        with keys: [DecryptionKey],
        allowingUnprotectedAlgorithms: Bool = false,
        understanding critical: Set<String>
    ) throws(JWEError) -> DecryptedMessage {
        var attempts: [(recipient: Recipient, header: JWEHeader, key: DecryptionKey)] = []
        var reasons: [JWEError] = []
        for recipient in recipients {
            let header = try JWEHeader(protected: protected, shared: unprotected, own: recipient.header)
            try header.checkExtensions(understanding: critical)
            if !allowingUnprotectedAlgorithms { try checkProtection(header) }
            do {
                attempts.append((recipient, header, try Self.key(for: header, among: keys)))
            } catch {
                reasons.append(error)
            }
        }
        guard !attempts.isEmpty else {
            throw reasons.contains(.keyNotFound) ? .keyNotFound : reasons.first ?? .malformed
        }
        var reason = JWEError.decryptionFailed
        for attempt in attempts.prefix(Self.maximumAttempts) {
            do {
                return try open(attempt.recipient, attempt.header, attempt.key)
            } catch {
                reason = error
            }
        }
        throw reason
    }

    /// What nothing protects, anybody on the way can change; several recipients have an `alg` each, of necessity.
    private func checkProtection(_ header: JWEHeader) throws(JWEError) {
        if protected["enc"] == nil { throw .algorithmNotAllowed(EchoedText(header.encryption).description) }
        if recipients.count == 1, protected["alg"] == nil {
            throw .algorithmNotAllowed(EchoedText(header.algorithm).description)
        }
    }

    /// The keys decide which algorithms there are (RFC 8725 §3.1); the header can only agree.
    private static func key(for header: JWEHeader, among keys: [DecryptionKey]) throws(JWEError) -> DecryptionKey {
        let algorithm = header.algorithm
        guard keys.contains(where: { algorithm.hasSameOctets(as: $0.algorithm.rawValue) }) else {
            throw .algorithmNotAllowed(EchoedText(algorithm).description)
        }
        guard keys.contains(where: { $0.accepts(header) }) else {
            throw .algorithmNotAllowed(EchoedText(header.encryption).description)
        }
        var candidates = keys
        if let kid = header.kid {
            candidates = keys.filter { $0.kid?.hasSameOctets(as: kid) ?? false }
            guard !candidates.isEmpty else { throw .keyNotFound }
            guard candidates.contains(where: { $0.accepts(header) }) else {
                throw .algorithmNotAllowed(EchoedText(algorithm).description)
            }
        }
        candidates = candidates.filter { $0.accepts(header) }
        guard candidates.count == 1 else { throw .keyNotFound }
        return candidates[0]
    }

    private func open(
        _ recipient: Recipient,
        _ header: JWEHeader,
        _ key: DecryptionKey
    ) throws(JWEError) -> DecryptedMessage {
        guard let encryption = ContentEncryption(rawValue: header.encryption) else {
            throw .algorithmNotAllowed(EchoedText(header.encryption).description)
        }
        // With several recipients, what is not wrapped would be the key of all of them (RFC 7516 §7.2.1).
        if recipients.count > 1, key.algorithm.hasNoEncryptedKey { throw .malformed }
        guard content.vector.count == encryption.vectorByteCount, content.tag.count == encryption.tagByteCount else {
            throw .malformed
        }
        let contentKey = try key.contentKey(recipient.encryptedKey, encryption, header)
        let plaintext: [UInt8]
        do {
            let data = authenticatedData
            plaintext = try ContentCipher.open(content, encryption, key: contentKey, authenticating: data.span)
        } catch {
            switch error {
            case .decryptionFailed: throw .decryptionFailed
            case .unavailable(let error): throw .cryptographyUnavailable(error.description)
            }
        }
        return DecryptedMessage(
            plaintext: plaintext,
            protectedHeader: protected,
            header: header.members,
            additionalData: additionalData,
            key: key,
            encryption: encryption)
    }
}

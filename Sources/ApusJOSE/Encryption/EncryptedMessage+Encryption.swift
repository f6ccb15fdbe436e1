import ApusCrypto

extension EncryptedMessage {
    /// Encrypts to one key, whose parameters are all protected.
    init(
        _ plaintext: [UInt8],
        to key: EncryptionKey,
        header: JSONObject,
        unprotected: JSONObject = [:],
        own: JSONObject = [:],
        additionalData: [UInt8]? = nil
    ) throws(JWEError) {
        try Self.check([header, unprotected, own])
        var protected: JSONObject = ["alg": .string(key.algorithm.rawValue), "enc": .string(key.encryption.rawValue)]
        if let kid = key.kid { protected["kid"] = .string(kid) }
        try protected.add(header)
        let whole = try Self.header(protected, unprotected, own)
        var recipient = Recipient(header: own)
        let contentKey: SecretBytes
        if let agreed = try key.agreedContentKey(whole) {
            contentKey = agreed.key
            try protected.add(agreed.parameters)
        } else {
            contentKey = try Self.newContentKey(key.encryption)
            let wrapped = try key.wrap(contentKey, whole)
            recipient.encryptedKey = wrapped.encryptedKey
            try protected.add(wrapped.parameters)
        }
        self.init(protected, unprotected, [recipient], additionalData)
        try seal(plaintext, key.encryption, contentKey)
    }

    /// Encrypts to several keys, each of which wraps one content key.
    init(
        _ plaintext: [UInt8],
        toAll recipients: [JWE.Recipient],
        header: JSONObject,
        unprotected: JSONObject,
        additionalData: [UInt8]?
    ) throws(JWEError) {
        guard let encryption = recipients.first?.key.encryption, recipients.count <= Self.maximumRecipients,
            recipients.allSatisfy({ $0.key.encryption == encryption && !$0.key.algorithm.hasNoEncryptedKey })
        else { throw .recipientsNotCompatible }
        try Self.check([header, unprotected] + recipients.map(\.header))
        var protected: JSONObject = ["enc": .string(encryption.rawValue)]
        try protected.add(header)
        let contentKey = try Self.newContentKey(encryption)
        var wrapped: [Recipient] = []
        for recipient in recipients {
            var own: JSONObject = ["alg": .string(recipient.key.algorithm.rawValue)]
            if let kid = recipient.key.kid { own["kid"] = .string(kid) }
            try own.add(recipient.header)
            let result = try recipient.key.wrap(contentKey, Self.header(protected, unprotected, own))
            try own.add(result.parameters)
            wrapped.append(Recipient(header: own, encryptedKey: result.encryptedKey))
        }
        self.init(protected, unprotected, wrapped, additionalData)
        try seal(plaintext, encryption, contentKey)
    }

    private init(
        _ protected: JSONObject,
        _ unprotected: JSONObject,
        _ recipients: [Recipient],
        _ additionalData: [UInt8]?
    ) {
        var document: [UInt8] = []
        JSONWriter.write(protected, to: &document)
        Base64URL.append(document.span, to: &protectedText)
        self.protected = protected
        self.unprotected = unprotected
        self.recipients = recipients
        self.additionalData = additionalData
    }

    private mutating func seal(
        _ plaintext: [UInt8],
        _ encryption: ContentEncryption,
        _ contentKey: SecretBytes
    ) throws(JWEError) {
        let data = authenticatedData
        content = try JWEError.lift { () throws(CryptoError) in
            try ContentCipher.seal(
                plaintext.span, encryption, key: contentKey,
                vector: SecureRandom.bytes(encryption.vectorByteCount), authenticating: data.span)
        }
    }

    private static func newContentKey(_ encryption: ContentEncryption) throws(JWEError) -> SecretBytes {
        try JWEError.lift { () throws(CryptoError) in try SecretBytes.random(encryption.keyByteCount) }
    }

    /// Refuses what the keys decide about, and a `crit` that a recipient would have to refuse.
    private static func check(_ headers: [JSONObject]) throws(JWEError) {
        for header in headers {
            for name in JWEHeader.reservedNames where header[name] != nil { throw .headerReserved(name) }
        }
        for (position, header) in headers.enumerated() {
            guard let critical = header["crit"] else { continue }
            guard position == 0, JWEHeader.isCritical(critical, in: header) else { throw .headerReserved("crit") }
        }
    }

    private static func header(
        _ protected: JSONObject,
        _ unprotected: JSONObject,
        _ own: JSONObject
    ) throws(JWEError) -> JWEHeader {
        var names = protected
        try names.add(unprotected)
        try names.add(own)
        return try JWEHeader(protected: protected, shared: unprotected, own: own)
    }
}

extension JSONObject {
    fileprivate mutating func add(_ other: JSONObject) throws(JWEError) {
        for member in other.members {
            guard insert(member.name, member.value) else {
                throw .headerReserved(EchoedText(member.name).description)
            }
        }
    }
}

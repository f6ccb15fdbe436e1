extension EncryptedMessage {
    /// Every recipient costs a look at its header; a message to more is refused.
    static let maximumRecipients = 100

    /// Reads the general or the flattened JSON serialisation (RFC 7516 §7.2).
    ///
    /// A member that has nothing to say must be absent (§7.2.1), so an empty one is refused; unknown ones are ignored.
    init(json text: Span<UInt8>, maximumBytes: Int) throws(JWEError) {
        guard text.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
        guard let message = (try? JSONValue.parse(text))?.object else { throw .malformed }
        if let text = try Self.text(message["protected"]) {
            protectedText = text
            protected = try Self.protectedObject(text.span)
        }
        unprotected = try Self.object(message["unprotected"])
        additionalData = try Self.octets(message["aad"])
        recipients = try Self.recipients(message)
        content = ContentCipher.Sealed(
            vector: try Self.octets(message["iv"]) ?? [],
            ciphertext: try Self.ciphertext(message["ciphertext"]),
            tag: try Self.octets(message["tag"]) ?? [])
    }

    /// The message as JSON: flattened for one recipient, general for several.
    var json: JSONObject {
        var message = JSONObject()
        if !protectedText.isEmpty { message["protected"] = .string(String(decoding: protectedText, as: UTF8.self)) }
        if !unprotected.members.isEmpty { message["unprotected"] = .object(unprotected) }
        if recipients.count == 1 {
            for member in Self.object(of: recipients[0]).members { message[member.name] = member.value }
        } else {
            message["recipients"] = .array(recipients.map { .object(Self.object(of: $0)) })
        }
        if let additionalData { message["aad"] = .string(Base64URL.encode(additionalData)) }
        message["iv"] = .string(Base64URL.encode(content.vector))
        message["ciphertext"] = .string(Base64URL.encode(content.ciphertext))
        message["tag"] = .string(Base64URL.encode(content.tag))
        return message
    }

    private static func object(of recipient: Recipient) -> JSONObject {
        var object = JSONObject()
        if !recipient.header.members.isEmpty { object["header"] = .object(recipient.header) }
        if !recipient.encryptedKey.isEmpty {
            object["encrypted_key"] = .string(Base64URL.encode(recipient.encryptedKey))
        }
        return object
    }

    private static func recipients(_ message: JSONObject) throws(JWEError) -> [Recipient] {
        guard let list = message["recipients"] else { return [try recipient(message)] }
        // §7.2.2: what the flattened form has instead of recipients cannot stand beside them.
        guard message["header"] == nil, message["encrypted_key"] == nil, let values = list.array,
            (1...maximumRecipients).contains(values.count)
        else { throw .malformed }
        var recipients: [Recipient] = []
        for value in values {
            guard let object = value.object else { throw .malformed }
            recipients.append(try recipient(object))
        }
        return recipients
    }

    private static func recipient(_ object: JSONObject) throws(JWEError) -> Recipient {
        Recipient(
            header: try self.object(object["header"]), encryptedKey: try octets(object["encrypted_key"]) ?? [])
    }

    private static func object(_ value: JSONValue?) throws(JWEError) -> JSONObject {
        guard let value else { return [:] }
        guard let object = value.object, !object.members.isEmpty else { throw .malformed }
        return object
    }

    private static func text(_ value: JSONValue?) throws(JWEError) -> [UInt8]? {
        guard let value else { return nil }
        guard let text = value.string, !text.isEmpty else { throw .malformed }
        return [UInt8](text.utf8)
    }

    private static func octets(_ value: JSONValue?) throws(JWEError) -> [UInt8]? {
        guard let text = try text(value) else { return nil }
        return try octets(text.span)
    }

    /// The one member that must be there even when it is empty.
    private static func ciphertext(_ value: JSONValue?) throws(JWEError) -> [UInt8] {
        guard let text = value?.string else { throw .malformed }
        let utf8 = text.utf8
        return try octets(utf8.span)
    }
}

extension EncryptedMessage {
    /// Reads the compact serialisation (RFC 7516 §7.1): five segments, of which key and ciphertext may be empty.
    init(compact text: Span<UInt8>, maximumBytes: Int) throws(JWEError) {
        guard text.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
        var dots: [Int] = []
        for index in text.indices where text[unchecked: index] == UInt8(ascii: ".") {
            guard dots.count < 4 else { throw .malformed }
            dots.append(index)
        }
        guard dots.count == 4, dots[0] > 0 else { throw .malformed }
        protected = try Self.protectedObject(text.extracting(first: dots[0]))
        protectedText.append(octets: text.extracting(first: dots[0]))
        recipients = [
            Recipient(encryptedKey: try Self.octets(text.extracting(dots[0] + 1..<dots[1])))
        ]
        content = ContentCipher.Sealed(
            vector: try Self.octets(text.extracting(dots[1] + 1..<dots[2])),
            ciphertext: try Self.octets(text.extracting(dots[2] + 1..<dots[3])),
            tag: try Self.octets(text.extracting(dots[3] + 1..<text.count)))
    }

    /// The message in the compact serialisation, which has room for one recipient and a protected header alone.
    var compact: String {
        var text = protectedText
        for part in [recipients.first?.encryptedKey ?? [], content.vector, content.ciphertext, content.tag] {
            text.append(UInt8(ascii: "."))
            Base64URL.append(part.span, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

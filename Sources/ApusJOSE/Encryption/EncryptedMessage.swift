/// The parts of a JWE, whatever its serialisation (RFC 7516 §3).
struct EncryptedMessage: Sendable {
    struct Recipient: Sendable {
        var header = JSONObject()
        var encryptedKey: [UInt8] = []
    }

    /// The protected header as its text, which is what is authenticated; empty when there is none.
    var protectedText: [UInt8] = []
    var protected = JSONObject()
    /// What all recipients share and nothing protects.
    var unprotected = JSONObject()
    var recipients: [Recipient] = []
    var additionalData: [UInt8]?
    var content = ContentCipher.Sealed(vector: [], ciphertext: [], tag: [])

    /// RFC 7516 §5.1 step 14.
    var authenticatedData: [UInt8] {
        Self.authenticatedData(protectedText, additionalData)
    }

    static func authenticatedData(_ protectedText: [UInt8], _ additionalData: [UInt8]?) -> [UInt8] {
        guard let additionalData else { return protectedText }
        var data = protectedText
        data.append(UInt8(ascii: "."))
        Base64URL.append(additionalData.span, to: &data)
        return data
    }

    /// Reads one part of a message.
    static func octets(_ text: Span<UInt8>) throws(JWEError) -> [UInt8] {
        do {
            return try Base64URL.decode(text)
        } catch {
            throw .malformed
        }
    }

    static func protectedObject(_ text: Span<UInt8>) throws(JWEError) -> JSONObject {
        do {
            return try CompactToken.object(text)
        } catch {
            throw .malformed
        }
    }
}

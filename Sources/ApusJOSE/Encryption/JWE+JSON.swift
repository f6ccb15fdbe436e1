extension JWE {
    /// One of those to whom a message is encrypted.
    public struct Recipient: Sendable {
        /// The recipient's key.
        public let key: EncryptionKey
        /// What stands in this recipient's own header beside `alg` and `kid`; nothing protects it.
        public let header: JSONObject

        /// Names the key and, if there is something to say to this recipient alone, a header.
        public init(_ key: EncryptionKey, header: JSONObject = [:]) {
            self.key = key
            self.header = header
        }
    }

    /// Encrypts content in the JSON serialisation: flattened for one recipient, general for several.
    ///
    /// With one recipient, `alg`, `enc` and `kid` are protected. Several must have one content encryption, which is
    /// protected, and an algorithm other than `direct` and `ecdhES`.
    /// - Parameters:
    ///   - header: What stands in the protected header besides.
    ///   - unprotected: What stands in the header that all share and nothing protects.
    ///   - additionalData: What is authenticated beside the content and stays readable; at least one octet.
    /// - Throws: `JWEError.recipientsNotCompatible`, and what encrypting in the compact serialisation throws.
    public static func encrypt(
        _ plaintext: [UInt8],
        to recipients: [Recipient],
        header: JSONObject = [:],
        unprotected: JSONObject = [:],
        additionalData: [UInt8]? = nil
    ) throws(JWEError) -> JSONObject {
        let additionalData = additionalData?.isEmpty == true ? nil : additionalData
        guard recipients.count != 1 else {
            return try EncryptedMessage(
                plaintext, to: recipients[0].key, header: header, unprotected: unprotected,
                own: recipients[0].header, additionalData: additionalData
            ).json
        }
        return try EncryptedMessage(
            plaintext, toAll: recipients, header: header, unprotected: unprotected, additionalData: additionalData
        ).json
    }

    /// Decrypts a message in the JSON serialisation, be it flattened or general.
    ///
    /// Of several recipients the first ones for which there is a key are tried, eight at most. Keys are chosen as in
    /// the compact serialisation.
    /// - Parameters:
    ///   - maximumBytes: The length in octets beyond which a message is refused unread.
    ///   - allowingUnprotectedAlgorithms: Whether `enc`, and `alg` with one recipient, may stand where anybody can
    ///     change them; the key still has to be for them.
    ///   - critical: The extensions that the caller understands and will obey, by their names in `crit`.
    /// - Throws: `JWEError`. A wrong key and a changed message are one case, `decryptionFailed`.
    public static func decrypt(
        json text: String,
        with keys: [DecryptionKey],
        maximumBytes: Int = Self.defaultMaximumBytes,
        allowingUnprotectedAlgorithms: Bool = false,
        understanding critical: Set<String> = []
    ) throws(JWEError) -> DecryptedMessage {
        let utf8 = text.utf8
        let message = try EncryptedMessage(json: utf8.span, maximumBytes: maximumBytes)
        return try message.decrypt(
            with: keys, allowingUnprotectedAlgorithms: allowingUnprotectedAlgorithms, understanding: critical)
    }
}

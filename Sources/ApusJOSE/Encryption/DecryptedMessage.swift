/// What a JWE held, after its tag was found right.
///
/// Whoever knows the key wrote it: everybody, when the key is a public one. Decrypting is not authenticating; a token
/// within must be signed and be verified.
public struct DecryptedMessage: Sendable {
    /// The content.
    public let plaintext: [UInt8]
    /// The part of the header that nobody could change on the way.
    public let protectedHeader: JSONObject
    /// The whole header, protected or not.
    ///
    /// In the JSON serialisation the members beyond `protectedHeader` may have been changed by anybody on the way.
    public let header: JSONObject
    /// The data that was authenticated beside the content, in the JSON serialisation.
    public let additionalData: [UInt8]?
    /// The identifier of the key that decrypted, or nil when the key has none.
    public let kid: String?
    /// How the content key was encrypted.
    public let algorithm: KeyManagementAlgorithm
    /// How the content was encrypted.
    public let encryption: ContentEncryption

    init(
        plaintext: [UInt8],
        protectedHeader: JSONObject,
        header: JSONObject,
        additionalData: [UInt8]?,
        key: DecryptionKey,
        encryption: ContentEncryption
    ) {
        self.plaintext = plaintext
        self.protectedHeader = protectedHeader
        self.header = header
        self.additionalData = additionalData
        kid = key.kid
        algorithm = key.algorithm
        self.encryption = encryption
    }
}

extension DecryptedMessage: CustomStringConvertible, CustomReflectable {
    /// The algorithms and the size; never the content.
    public var description: String {
        "DecryptedMessage(\(algorithm.rawValue), \(encryption.rawValue), \(plaintext.count) octets)"
    }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror {
        Mirror(self, children: ["algorithm": algorithm.rawValue, "encryption": encryption.rawValue])
    }
}

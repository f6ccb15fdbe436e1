import ApusCrypto

/// What was sealed, as octets: a version, the key's identifier, a nonce, the ciphertext and its tag.
struct SealedMessage {
    private static let version: UInt8 = 1

    /// Everything before the nonce: authenticated, not encrypted.
    let header: ArraySlice<UInt8>
    let kid: String
    let nonce: ArraySlice<UInt8>
    let ciphertext: ArraySlice<UInt8>
    let tag: ArraySlice<UInt8>

    /// Takes a message apart; nil when it is not of this form.
    init?(_ octets: [UInt8]) {
        guard octets.count >= 2, octets[0] == Self.version else { return nil }
        let nonceStart = 2 + Int(octets[1]) + 1
        let ciphertextStart = nonceStart + AESGCM.nonceByteCount
        let tagStart = octets.count - AESGCM.tagByteCount
        guard tagStart >= ciphertextStart,
            let kid = String(validating: octets[2..<nonceStart], as: UTF8.self)
        else { return nil }
        header = octets[..<nonceStart]
        self.kid = kid
        nonce = octets[nonceStart..<ciphertextStart]
        ciphertext = octets[ciphertextStart..<tagStart]
        tag = octets[tagStart...]
    }

    /// The octets before the nonce for a key, whose identifier has 1 to 256 octets.
    static func header(kid: String) -> [UInt8] {
        let name = [UInt8](kid.utf8)
        return [version, UInt8(name.count - 1)] + name
    }

    /// What the tag covers besides the ciphertext: each part with its length, so that none can pass for another.
    static func authenticatedData(header: ArraySlice<UInt8>, purpose: [UInt8], context: [UInt8]) -> [UInt8] {
        var data = [UInt8](header)
        data.append(bigEndian: UInt64(purpose.count))
        data += purpose
        data.append(bigEndian: UInt64(context.count))
        data += context
        return data
    }
}

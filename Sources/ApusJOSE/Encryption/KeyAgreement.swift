import ApusCrypto

/// Diffie-Hellman with an ephemeral key (RFC 7518 §4.6, RFC 8037 §3.2).
struct KeyAgreement {
    /// The name that is mixed into the key: of the encryption when the key encrypts, of the algorithm when it wraps.
    let algorithmName: String
    let keyByteCount: Int
    private let producer: [UInt8]
    private let consumer: [UInt8]

    init(
        _ algorithm: KeyManagementAlgorithm,
        wrappingKeyByteCount: Int?,
        _ encryption: ContentEncryption,
        _ header: JWEHeader
    ) throws(JWEError) {
        algorithmName = wrappingKeyByteCount == nil ? encryption.rawValue : algorithm.rawValue
        keyByteCount = wrappingKeyByteCount ?? encryption.keyByteCount
        producer = try header.octets("apu") ?? []
        consumer = try header.octets("apv") ?? []
    }

    /// RFC 7518 §4.6.2: each part behind its length, then the length of the key in bits.
    var otherInformation: [UInt8] {
        var information: [UInt8] = []
        for part in [[UInt8](algorithmName.utf8), producer, consumer] {
            information.append(bigEndian: UInt32(part.count))
            information += part
        }
        information.append(bigEndian: UInt32(keyByteCount * 8))
        return information
    }

    func derive(from agreed: SecretBytes) throws(CryptoError) -> SecretBytes {
        let information = otherInformation
        return try ConcatKDF.derive(
            .sha256, from: agreed, otherInformation: information.span, count: keyByteCount)
    }
}

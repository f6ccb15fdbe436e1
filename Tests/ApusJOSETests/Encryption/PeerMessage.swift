import ApusCrypto
import Testing

@testable import ApusJOSE

/// A message that another implementation encrypted.
struct PeerMessage: Sendable, CustomTestStringConvertible {
    enum Key: Sendable {
        /// The octets 0, 1, 2 and so on.
        case secret(octets: Int)
        case jwk(String)
        case password
    }

    static let password = "correct horse battery staple"

    let algorithm: String
    let encryption: String
    let key: Key
    let text: String

    var testDescription: String { "\(algorithm), \(encryption)" }

    func algorithms() throws -> (KeyManagementAlgorithm, ContentEncryption) {
        (
            try #require(KeyManagementAlgorithm(rawValue: algorithm)),
            try #require(ContentEncryption(rawValue: encryption))
        )
    }

    func decryptionKey() throws -> DecryptionKey {
        let (algorithm, encryption) = try algorithms()
        switch key {
        case .secret(let count):
            return try DecryptionKey(
                secret: EncryptionForge.secret(count: count), algorithm: algorithm, encryptions: [encryption])
        case .jwk(let jwk):
            return try EncryptionForge.decryptionKey(jwk: jwk, algorithm, [encryption])
        case .password:
            return try DecryptionKey(password: Self.password, algorithm: algorithm, encryptions: [encryption])
        }
    }

    func encryptionKey() throws -> EncryptionKey {
        let (algorithm, encryption) = try algorithms()
        switch key {
        case .secret(let count):
            return try EncryptionKey(
                secret: EncryptionForge.secret(count: count), algorithm: algorithm, encryption: encryption)
        case .jwk(let jwk):
            return try EncryptionKey(
                key: EncryptionForge.asymmetric(jwk: jwk), algorithm: algorithm, encryption: encryption)
        case .password:
            return try EncryptionKey(password: Self.password, algorithm: algorithm, encryption: encryption)
        }
    }
}

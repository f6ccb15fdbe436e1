import ApusCrypto
import Synchronization

/// The keys of one purpose, each derived once from a key of the store.
final class DerivedKeys: Sendable {
    /// A derived key, and how many messages it has sealed.
    final class Key: Sendable {
        let cipher: AESGCM
        let counter: InvocationCounter
        fileprivate let origin: SecretBytes

        init(_ cipher: AESGCM, from origin: SecretBytes, counter: InvocationCounter) {
            self.cipher = cipher
            self.origin = origin
            self.counter = counter
        }
    }

    private let information: [UInt8]
    private let firstCount: UInt64
    private let keys = Mutex<[String: Key]>([:])

    /// - Parameter firstCount: how many messages count as sealed under each key already; for tests of the limit.
    init(purpose: [UInt8], firstCount: UInt64 = 0) {
        information = [UInt8]("Apus data protection 1".utf8) + [0] + purpose
        self.firstCount = firstCount
    }

    /// The key that is derived from one of a store's.
    ///
    /// - Parameter keySet: the keys that the store holds; those derived from others are forgotten.
    func key(from origin: SecretBytes, kid: String, of keySet: KeySet) throws(CryptoError) -> Key {
        // A store may have dropped a key and taken in another under the same identifier.
        if let key = keys.withLock({ $0[kid] }), key.origin === origin { return key }
        let information = information
        let secret = try HKDF.derive(.sha256, from: origin, information: information.span, count: 32)
        let made = Key(try AESGCM(secret), from: origin, counter: InvocationCounter(startingAt: firstCount))
        return keys.withLock { keys in
            // Another thread may have been faster; two counters for one key would count half each.
            if let key = keys[kid], key.origin === origin { return key }
            keys = keys.filter { keySet.storedKey(for: $0.key) != nil }
            keys[kid] = made
            return made
        }
    }
}

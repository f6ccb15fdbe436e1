import COpenSSL
import Synchronization

/// The initialised contexts of one key and scheme that nobody holds at the moment.
///
/// Making one costs several microseconds, which is a tenth of what an Ed25519 signature takes.
final class SignatureContexts: Sendable {
    private static let maximumIdle = 32

    let signatureByteCount: Int
    private let key: AsymmetricKey
    private let scheme: SignatureScheme
    private let purpose: SignatureContext.Purpose
    private let idle: Mutex<[SignatureContext]>

    init(
        _ key: AsymmetricKey, _ scheme: SignatureScheme, _ purpose: SignatureContext.Purpose
    ) throws(CryptoError) {
        guard let count = scheme.signatureByteCount(for: key.kind) else {
            throw CryptoError("use a key of the kind \(key.kind) under another kind's signature scheme")
        }
        signatureByteCount = count
        self.key = key
        self.scheme = scheme
        self.purpose = purpose
        // The first one shows at once whether this key works under this scheme.
        guard let first = SignatureContext(key, scheme, purpose) else {
            throw CryptoError("set up a signature scheme")
        }
        idle = Mutex([first])
    }

    func take() -> SignatureContext? {
        if let context = idle.withLock({ $0.popLast() }) { return context }
        guard let context = SignatureContext(key, scheme, purpose) else {
            ERR_clear_error()
            return nil
        }
        return context
    }

    func putBack(_ context: SignatureContext) {
        idle.withLock { idle in
            if idle.count < Self.maximumIdle { idle.append(context) }
        }
    }
}

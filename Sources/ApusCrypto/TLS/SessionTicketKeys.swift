import COpenSSL
import Synchronization

/// Seals and opens a server's session tickets (RFC 5077 §4, RFC 8446 §4.6.1) under keys that are replaced in time.
///
/// OpenSSL on its own keeps one key for as long as the context lives, and whoever gets hold of that key later can read
/// every TLS 1.2 session that was ever resumed with it. Here a key seals for `lifetime` and opens for one more, and is
/// wiped when it is forgotten.
final class SessionTicketKeys: Sendable {
    struct Key {
        /// Public; tells which key sealed a ticket.
        var name: [UInt8]
        var encryption: SecretBytes
        var authentication: SecretBytes
        var made: ContinuousClock.Instant
    }

    private struct State {
        var current: Key
        var previous: Key?
    }

    /// How long a ticket can be used, and how long a key seals.
    static let lifetime = Duration.seconds(3_600)
    /// Fixed by OpenSSL's callback.
    static let nameOctets = 16

    private let state: Mutex<State>
    /// Fetching it anew costs a microsecond per ticket.
    private let cipher: OpenSSLObject

    /// `nil` when OpenSSL has no random octets or no AES.
    init?(now: ContinuousClock.Instant = .now) {
        guard let cipher = EVP_CIPHER_fetch(nil, "AES-256-CBC", nil), let key = Self.makeKey(at: now) else {
            return nil
        }
        self.cipher = OpenSSLObject(cipher, release: EVP_CIPHER_free)
        state = Mutex(State(current: key, previous: nil))
    }

    /// The key that seals tickets at `now`; keeps an old key when no random octets are to be had for a new one.
    func sealingKey(at now: ContinuousClock.Instant = .now) -> Key {
        state.withLock { state in
            Self.rotate(&state, at: now)
            return state.current
        }
    }

    /// The key that opens tickets with this name, and whether the client should get a ticket under a newer one.
    func openingKey(
        named name: UnsafeBufferPointer<UInt8>, at now: ContinuousClock.Instant = .now
    ) -> (key: Key, isOld: Bool)? {
        state.withLock { state in
            Self.rotate(&state, at: now)
            if name.elementsEqual(state.current.name) { return (state.current, false) }
            if let previous = state.previous, name.elementsEqual(previous.name) { return (previous, true) }
            return nil
        }
    }

    private static func rotate(_ state: inout State, at now: ContinuousClock.Instant) {
        let age = state.current.made.duration(to: now)
        guard age >= lifetime, let next = makeKey(at: now) else { return }
        state.previous = age < lifetime * 2 ? state.current : nil
        state.current = next
    }

    private static func makeKey(at now: ContinuousClock.Instant) -> Key? {
        var name = [UInt8](repeating: 0, count: nameOctets)
        guard RAND_bytes(&name, Int32(name.count)) == 1, let encryption = try? SecretBytes.random(32),
            let authentication = try? SecretBytes.random(32)
        else { return nil }
        return Key(name: name, encryption: encryption, authentication: authentication, made: now)
    }

    /// Makes `context` use these keys; whoever owns the context keeps this object alive.
    func install(in context: OpaquePointer) {
        COpenSSL_SSL_CTX_set_app_data(context, Unmanaged.passUnretained(self).toOpaque())
        SSL_CTX_set_timeout(context, Int(Self.lifetime.components.seconds))
        SSL_CTX_set_tlsext_ticket_key_evp_cb(context) { ssl, name, vector, cipher, code, isSealing in
            guard let ssl, let name, let vector, let cipher, let code,
                let keys = COpenSSL_SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl))
            else { return -1 }
            let tickets = Unmanaged<SessionTicketKeys>.fromOpaque(keys).takeUnretainedValue()
            return isSealing == 1
                ? tickets.seal(name, vector, cipher, code) : tickets.open(name, vector, cipher, code)
        }
    }

    /// 1 when the key is set up, and -1 when it cannot be, which ends the handshake.
    private func seal(
        _ name: UnsafeMutablePointer<UInt8>, _ vector: UnsafeMutablePointer<UInt8>, _ context: OpaquePointer,
        _ code: OpaquePointer
    ) -> Int32 {
        let key = sealingKey()
        guard RAND_bytes(vector, EVP_CIPHER_get_iv_length(cipher.pointer)) == 1 else { return -1 }
        name.update(from: key.name, count: Self.nameOctets)
        guard Self.lend(key.encryption, { EVP_EncryptInit_ex2(context, cipher.pointer, $0, vector, nil) }),
            Self.authenticate(code, with: key)
        else { return -1 }
        return 1
    }

    /// 0 for an unknown key, so that a full handshake follows; 1 to go on; 2 to go on and send a new ticket.
    private func open(
        _ name: UnsafeMutablePointer<UInt8>, _ vector: UnsafeMutablePointer<UInt8>, _ context: OpaquePointer,
        _ code: OpaquePointer
    ) -> Int32 {
        guard let (key, isOld) = openingKey(named: UnsafeBufferPointer(start: name, count: Self.nameOctets)) else {
            return 0
        }
        guard Self.authenticate(code, with: key),
            Self.lend(key.encryption, { EVP_DecryptInit_ex2(context, cipher.pointer, $0, vector, nil) })
        else { return -1 }
        return isOld ? 2 : 1
    }

    private static func authenticate(_ code: OpaquePointer, with key: Key) -> Bool {
        lend(key.authentication) { COpenSSL_EVP_MAC_init_digest(code, $0, key.authentication.count, "SHA256") }
    }

    private static func lend(_ secret: SecretBytes, _ body: (UnsafePointer<UInt8>?) -> Int32) -> Bool {
        secret.withBytes { octets in octets.withUnsafeBufferPointer { body($0.baseAddress) } } == 1
    }
}

import ApusCrypto

/// Seals octets that leave the server and come back, such as a session in a cookie, under the rotating keys of a store.
///
/// ```swift
/// let protector = DataProtector(keys, purpose: "invitations")
/// let link = try protector.seal(Array("ada@example.org".utf8), context: "team 7")
/// let address = try await protector.open(link, context: "team 7")
/// ```
///
/// Whoever holds the text can neither read nor change it. It opens for the same purpose and the same context alone, and
/// as long as the store accepts the key: a rotation lets old texts open for its overlap, a revoked key opens nothing.
///
/// AES-256-GCM under a key that HKDF-SHA256 derives for the purpose from the store's active key, which must be a shared
/// secret; nonces are random, and after 2^32 messages under one key a protector refuses to seal until the keys rotate.
/// It counts its own: where several protectors or processes seal for one purpose, let the keys rotate that much sooner.
public struct DataProtector: Sendable {
    /// How long texts are to open after they were sealed, unless told otherwise: one hour.
    public static let defaultLifetime: Duration = .seconds(3600)

    private let keys: KeyStore
    private let purpose: [UInt8]
    private let derived: DerivedKeys

    /// - Parameters:
    ///   - keys: the store; its rotations let old keys open for at least `lifetime`.
    ///   - purpose: what the texts are for; never empty, and part of the program rather than of its input.
    ///   - lifetime: how long a text is to open after it was sealed; whether it has ended, the caller decides.
    public init(_ keys: KeyStore, purpose: String, lifetime: Duration = DataProtector.defaultLifetime) {
        self.init(keys, purpose: purpose, lifetime: lifetime, firstCount: 0)
    }

    init(_ keys: KeyStore, purpose: String, lifetime: Duration, firstCount: UInt64) {
        precondition(!purpose.isEmpty, "Data is protected for a purpose, which needs a name")
        self.keys = keys
        self.purpose = [UInt8](purpose.utf8)
        derived = DerivedKeys(purpose: self.purpose, firstCount: firstCount)
        keys.noteLifetime(Int(clamping: lifetime.components.seconds))
    }

    /// Seals octets; the text is base64url, and about 4/3 as long as they and another 100 octets.
    ///
    /// - Parameter context: what the text belongs to, such as a user; not secret, not in the text, and needed to open
    ///   it.
    /// - Throws: `DataProtectionError`, every case but `notOpened`.
    public func seal(_ octets: [UInt8], context: String = "") throws(DataProtectionError) -> String {
        let keySet = keys.keySet
        guard let key = keySet.signingKey(at: keys.clock()) else { throw .keyMissing }
        guard let secret = key.secret else { throw .keyNotSymmetric(kid: key.kid) }
        do {
            let derivedKey = try derived.key(from: secret, kid: key.kid, of: keySet)
            guard derivedKey.counter.admit() else { throw DataProtectionError.keyExhausted(kid: key.kid) }
            let header = SealedMessage.header(kid: key.kid)
            let nonce = try SecureRandom.bytes(AESGCM.nonceByteCount)
            let data = SealedMessage.authenticatedData(
                header: header[...], purpose: purpose, context: [UInt8](context.utf8))
            let sealed = try derivedKey.cipher.seal(octets.span, nonce: nonce.span, authenticating: data.span)
            return Base64URL.encode(header + nonce + sealed.ciphertext + sealed.tag)
        } catch let error as DataProtectionError {
            throw error
        } catch {
            throw .cryptographyUnavailable(String(describing: error))
        }
    }

    /// Opens a text that was sealed for the same purpose and context.
    ///
    /// For a key that is not known the store looks into its directory, where another process may have left it.
    /// - Throws: `DataProtectionError.notOpened` alone.
    public nonisolated(nonsending) func open(
        _ text: String, context: String = ""
    ) async throws(DataProtectionError) -> [UInt8] {
        guard let message = Self.message(text) else { throw .notOpened }
        if let octets = open(message, context) { return octets }
        guard keys.keySet.storedKey(for: message.kid) == nil,
            await keys.refresh(.unknownKey(kid: message.kid, issuer: nil)), let octets = open(message, context)
        else { throw .notOpened }
        return octets
    }

    /// Opens a text under the keys that are known, without looking for others; nil when it does not open.
    package func openKnown(_ text: String, context: String = "") -> [UInt8]? {
        Self.message(text).flatMap { open($0, context) }
    }

    private static func message(_ text: String) -> SealedMessage? {
        (try? Base64URL.decode(text)).flatMap(SealedMessage.init)
    }

    private func open(_ message: SealedMessage, _ context: String) -> [UInt8]? {
        let keySet = keys.keySet
        guard let stored = keySet.storedKey(for: message.kid), stored.schedule.isAccepted(at: keys.clock()),
            let secret = stored.signingKey?.secret,
            let key = try? derived.key(from: secret, kid: stored.kid, of: keySet)
        else { return nil }
        let data = SealedMessage.authenticatedData(
            header: message.header, purpose: purpose, context: [UInt8](context.utf8))
        return try? key.cipher.open(
            message.ciphertext.span, tag: message.tag.span, nonce: message.nonce.span, authenticating: data.span)
    }
}

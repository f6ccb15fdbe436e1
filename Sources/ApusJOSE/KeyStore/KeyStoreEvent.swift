public import FoundationEssentials

/// What happened to a store or a remote key set, for logs and metrics; never a part of a key.
public enum KeyStoreEvent: Sendable {
    /// A new key was published, which signs from the instant on.
    case keyPublished(kid: String, activeFrom: Date)
    /// A key was revoked.
    case keyRevoked(kid: String)
    /// Keys or revocations that another process or a person wrote were taken over.
    case reloaded(keys: Int)
    /// The directory or a file in it could not be read; what was read of it last stays in use, and the rest is taken over.
    case reloadFailed(KeyStoreError)
    /// A revocation, or the lifetime of a token, holds in this process but could not be written; it is tried again.
    case writingFailed(KeyStoreError)
    /// A rotation that was due failed; it is tried again.
    case rotationFailed(KeyStoreError)
    /// A remote key set was fetched and taken over.
    case fetched(url: String, keys: Int)
    /// Keys of a remote set were left out, because it has several of one algorithm under each of these identifiers.
    case ambiguousKeys(url: String, kids: [String])
    /// A remote key set could not be fetched or used; the text says why, and the last good one stays in use for a time.
    case fetchFailed(url: String, reason: String)
}

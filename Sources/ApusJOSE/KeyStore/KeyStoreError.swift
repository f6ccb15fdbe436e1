/// Why a key store could not be opened, read or changed; never a part of a key.
///
/// The descriptions name files and belong into the log of the server, not into an answer to a peer.
public enum KeyStoreError: Error, Hashable, Sendable {
    /// A key or its identifier is at fault.
    case key(KeyError)
    /// A period, overlap or propagation cannot work; the text says why.
    case scheduleInvalid(String)
    /// No key of the store can sign, so there is no algorithm to make another one for.
    case signingKeyMissing
    /// The key only verifies under a shared secret, so it cannot be written to the store's directory.
    case keyNotStorable(String)
    /// The list of revoked tokens and subjects is full.
    case revocationsFull(limit: Int)
    /// A file of the directory is not what it should be; the text says why.
    case fileInvalid(String, reason: String)
    /// A file of the directory is larger than the limit.
    case fileTooLarge(String, limit: Int)
    /// The directory has more keys than the limit.
    case tooManyKeys(limit: Int)
    /// Others than the owner may use the file.
    case fileOpenToOthers(String, mode: String)
    /// Another process changes the directory and does not end.
    case directoryBusy
    /// The address of a remote key set does not begin with `https://`.
    case addressInvalid(String)
    /// The system refused an operation.
    case system(operation: String, file: String, code: Int32)
}

extension KeyStoreError: CustomStringConvertible {
    /// What was expected, what was found and what to do.
    public var description: String {
        switch self {
        case .key(let error): error.description
        case .scheduleInvalid(let reason): reason
        case .signingKeyMissing:
            "The store has no key that signs; add one, or name the algorithm of the key to make"
        case .keyNotStorable(let kid):
            """
            The key '\(EchoedText(kid))' only verifies under a shared secret, so it cannot be written to the store's \
            directory; add the key that signs
            """
        case .revocationsFull(let limit):
            """
            The store already holds \(limit) revoked tokens and subjects, which is its limit; revoke a key or a subject \
            in place of many tokens, or let revocations end with the tokens
            """
        case .fileInvalid(let file, let reason): "The file '\(EchoedText(file))' cannot be used: \(reason)"
        case .fileTooLarge(let file, let limit):
            "The file '\(EchoedText(file))' has more than \(limit) octets, so it is not a key"
        case .tooManyKeys(let limit): "There are more than \(limit) keys; remove those that are not used any more"
        case .fileOpenToOthers(let file, let mode):
            """
            The file '\(EchoedText(file))' has the mode \(mode), so others than its owner can use the key; expected 0600 \
            (chmod 600). If that is meant, allow it where the store is opened
            """
        case .directoryBusy:
            "Another process has been changing the directory for too long; look for one that hangs with the lock file"
        case .addressInvalid(let url):
            """
            The address '\(EchoedText(url))' does not begin with https://; keys that come over an open line can be \
            exchanged on their way
            """
        case .system(let operation, let file, let code):
            "The system could not \(operation) '\(EchoedText(file))' (errno \(code))"
        }
    }
}

/// Where the keys come from that verify tokens: a `KeyStore`, a `RemoteKeySet`, or several chosen by issuer.
public protocol KeySource: Sendable {
    /// Whether the keys depend on the issuer, so that a token's claims are read before its key is known; as a rule not.
    var choosesByIssuer: Bool { get }

    /// The keys that are known now for tokens of an issuer, without waiting; nil when none are.
    ///
    /// The issuer is what an unverified token says, or nil when it says nothing or the source does not ask.
    func keySet(forIssuer issuer: String?) -> KeySet?

    /// Looks for newer keys, once for all who ask at the same time and not too often.
    ///
    /// - Returns: whether another attempt with the same token may go better.
    func refresh(_ reason: KeyRefreshReason) async -> Bool

    /// Whether this source is to have the keys of an issuer and cannot get them, so that nothing is known of its tokens.
    func lacksKeys(ofIssuer issuer: String?) -> Bool

    /// The key stores among the keys; a server watches the directories of those.
    var keyStores: [KeyStore] { get }
}

extension KeySource {
    /// False: the keys are the same for all issuers.
    public var choosesByIssuer: Bool { false }

    /// False: the source has what there is.
    public func lacksKeys(ofIssuer issuer: String?) -> Bool { false }

    /// None.
    public var keyStores: [KeyStore] { [] }
}

/// Why a key source is asked to look for newer keys.
public enum KeyRefreshReason: Hashable, Sendable {
    /// A token names a key that is not known, or names none; both texts are what an unverified token says.
    case unknownKey(kid: String?, issuer: String?)
    /// The keys may be too old.
    case age
}

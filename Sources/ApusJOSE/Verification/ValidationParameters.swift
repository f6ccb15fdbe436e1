public import FoundationEssentials

/// What a token must fulfil to be believed.
///
/// ```swift
/// var parameters = ValidationParameters(keys: keys, issuers: ["https://login.example"], audiences: ["orders"])
/// parameters.requiredClaims = [.subject]
/// let token = try parameters.verify(text)
/// ```
public struct ValidationParameters: Sendable {
    static let defaultMaximumTokenBytes = 16_384

    /// Where the keys come from that verify signatures: a `KeyStore`, a `RemoteKeySet`, or several by issuer.
    public var keys: any KeySource
    /// The issuers that are trusted, compared octet by octet with `iss`.
    ///
    /// With none listed, a token that names an issuer is refused, unless `allowsAnyIssuer` is set.
    public var issuers: [String]
    /// The names of this service, one of which must stand in `aud` (RFC 7519 §4.1.3).
    ///
    /// With none listed, a token that names an audience is refused, unless `allowsAnyAudience` is set.
    public var audiences: [String]
    /// Whether the issuer is left unchecked while no issuers are listed; false by default.
    public var allowsAnyIssuer = false
    /// Whether the audience is left unchecked while no audiences are listed; false by default.
    public var allowsAnyAudience = false
    /// The algorithms to accept among those of the keys; nil, the default, accepts what the keys are for.
    public var algorithms: [SignatureAlgorithm]?
    /// How far the issuer's clock may be from this one's; 60 seconds by default, and never less than zero.
    public var clockSkew: Duration = .seconds(60) {
        didSet { skewSeconds = max(0, clockSkew / .seconds(1)) }
    }
    /// As a number, because to divide durations for each token is dear.
    private(set) var skewSeconds = 60.0
    /// Whether a token without `exp` is refused; true by default.
    public var requiresExpiration = true
    /// The claims that must be there with a value other than `null`, beyond those that other settings ask for.
    public var requiredClaims: [ClaimName] = []
    /// The media type that `typ` must name, such as `at+jwt`; nil, the default, accepts `JWT`, `at+jwt` and none.
    ///
    /// Case does not count, nor does a leading `application/` (RFC 7515 §4.1.9).
    public var requiredType: String?
    /// Whether ID tokens of OpenID Connect are accepted; false by default, since they open nothing (RFC 9068 §5).
    public var acceptsIDTokens = false
    /// The keys that decrypt tokens which were encrypted after they were signed; none by default.
    public var decryptionKeys: [DecryptionKey] = []
    /// Whether a token that is not encrypted is refused; false by default.
    public var requiresEncryption = false
    /// Whether a token is accepted that is bound to a key in a way that is not checked here; false by default.
    ///
    /// Bindings to a certificate are always checked (RFC 8705).
    public var allowsUncheckedConfirmation = false
    /// What is refused although its signature and its claims are good, whatever source the key is from; nil by default.
    ///
    /// What was revoked in the `KeyStore` that a token's key comes from is refused anyway. A remote set has no revocations:
    /// to refuse a token, a subject or a key of another issuer, give a `RevocationList` or a `KeyStore` here.
    public var revocations: (any RevocationSource)?
    /// The length in octets beyond which a token is refused unread; 16,384 by default.
    public var maximumTokenBytes = Self.defaultMaximumTokenBytes
    /// The time that tokens are measured by.
    public var clock: @Sendable () -> Date

    /// Trusts the keys of a store or another source, for tokens of these issuers and audiences.
    public init(
        keys: any KeySource,
        issuers: [String] = [],
        audiences: [String] = [],
        clock: @escaping @Sendable () -> Date = { Date.now }
    ) {
        self.keys = keys
        self.issuers = issuers
        self.audiences = audiences
        self.clock = clock
    }
}

extension ValidationParameters {
    /// What RFC 9068 §4 demands of an access token: `typ` `at+jwt`, and the claims of §2.2.
    public static func accessTokens(
        keys: any KeySource,
        issuers: [String],
        audiences: [String],
        clock: @escaping @Sendable () -> Date = { Date.now }
    ) -> ValidationParameters {
        var parameters = ValidationParameters(keys: keys, issuers: issuers, audiences: audiences, clock: clock)
        parameters.requiredType = "at+jwt"
        parameters.requiredClaims = [.issuer, .audience, .subject, .clientID, .issuedAt, .identifier]
        return parameters
    }
}

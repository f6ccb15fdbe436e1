public import FoundationEssentials

/// A recipe for signed tokens (RFC 7519), a value whose steps each give a new one.
///
/// Keep one with what all tokens share, and add to it what is the user's:
///
/// ```swift
/// let tokens = JWTBuilder(keys: keys).issuer("https://login.example").audience("orders")
/// let issued = try await tokens.subject(user).claim(.role, "admin").build()
/// ```
///
/// A mistake in a step, such as a subject that is a number, is thrown by `build()` and `renew(_:)`.
public struct JWTBuilder: Sendable {
    enum Identifier {
        case none
        case fixed(String)
        case random
    }

    let keys: KeyStore
    let clock: @Sendable () -> Date
    private(set) var claims = JSONObject()
    private(set) var additionalHeader = JSONObject()
    private(set) var lifetime: Duration = .seconds(3600)
    private(set) var maximumTotalLifetime: Duration?
    private(set) var notBefore: Date?
    private(set) var identifier = Identifier.none
    private(set) var encryptionKey: EncryptionKey?
    private(set) var mistake: JWTBuilderError?

    /// Signs with the key that the store lets sign at the moment of building.
    public init(keys: KeyStore, clock: @escaping @Sendable () -> Date = { Date.now }) {
        self.keys = keys
        self.clock = clock
    }

    /// What a server must check to accept this builder's tokens: its keys, issuer, audiences, type and clock.
    ///
    /// Tokens that were encrypted under a shared secret are decrypted with it. For those that were encrypted under a public key,
    /// the server adds its private key to `ValidationParameters.decryptionKeys`.
    public var validationParameters: ValidationParameters {
        let own = Claims(claims)
        var parameters = ValidationParameters(
            keys: keys,
            issuers: own.issuer.map { [$0] } ?? [],
            audiences: own.audience,
            clock: clock
        )
        parameters.requiresEncryption = encryptionKey != nil
        parameters.decryptionKeys = encryptionKey?.sharedDecryptionKey.map { [$0] } ?? []
        if let type = additionalHeader["typ"]?.string { parameters.requiredType = type }
        return parameters
    }
}

extension JWTBuilder {
    /// Sets `iss`, who issues the token.
    public consuming func issuer(_ issuer: String) -> JWTBuilder {
        claim(.issuer, .string(issuer))
    }

    /// Sets `aud`, for whom the token is, in place of earlier audiences: a string for one, an array for several.
    public consuming func audience(_ audiences: String...) -> JWTBuilder {
        if audiences.count == 1 { return claim(.audience, .string(audiences[0])) }
        return claim(.audience, .array(audiences.map(JSONValue.string)))
    }

    /// Sets `sub`, whom the token is about.
    public consuming func subject(_ subject: String) -> JWTBuilder {
        claim(.subject, .string(subject))
    }

    /// Sets a claim, in place of an earlier one of its name.
    ///
    /// `iat`, `nbf` and `exp` follow from `lifetime(_:)` and `notBefore(_:)`; setting them here is a mistake.
    public consuming func claim(_ name: ClaimName, _ value: JSONValue) -> JWTBuilder {
        switch RegisteredClaims.Registered(NameAbstract(of: name.rawValue)) {
        case .iat, .nbf, .exp:
            return with(.claimComputed(name.rawValue))
        case .jti:
            guard case .string(let identifier) = value else { return with(.claimWronglyTyped(name.rawValue)) }
            return self.identifier(identifier)
        case let registered?:
            guard registered.fits(value) else { return with(.claimWronglyTyped(name.rawValue)) }
        case nil:
            break
        }
        claims.set(name.rawValue, value)
        return self
    }

    /// Sets a claim, in place of an earlier one of its name.
    public consuming func claim(_ name: ClaimName, _ value: some JSONValueConvertible) -> JWTBuilder {
        claim(name, value.jsonValue)
    }

    /// Sets a claim to a value of your own type; its dates become seconds since 1970 (RFC 7519 §2).
    ///
    /// What cannot be encoded is a mistake, thrown by `build()`.
    public consuming func claim(_ name: ClaimName, encoding value: some Encodable) -> JWTBuilder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        guard let data = try? encoder.encode([value]), let array = try? JSONValue.parse([UInt8](data)),
            let encoded = array[0]
        else { return with(.claimNotEncodable(name.rawValue)) }
        return claim(name, encoded)
    }

    /// Sets a claim that holds an instant, as whole seconds since 1970 (RFC 7519 §2).
    public consuming func claim(_ name: ClaimName, _ date: Date) -> JWTBuilder {
        guard let seconds = NumericDate.wholeSeconds(date) else { return with(.dateOutOfRange) }
        return claim(name, .number(JSONNumber(seconds)))
    }

    /// Sets a header parameter, such as `typ` (`JWT` unless set) or `cty`.
    ///
    /// `alg`, `kid`, `enc`, `zip`, `crit` and `b64` are mistakes: they follow from the key, or change how the token is
    /// read.
    public consuming func header(_ name: String, _ value: JSONValue) -> JWTBuilder {
        switch name {
        case "alg", "kid", "enc", "zip", "crit", "b64": return with(.headerNotAllowed(name))
        case "typ", "cty":
            guard value.string != nil else { return with(.headerWronglyTyped(name)) }
        default: break
        }
        additionalHeader[name] = value
        return self
    }

    /// Encrypts each token after it was signed (RFC 7519 §11.2), so that only the key's owner can read the claims.
    public consuming func encrypted(to key: EncryptionKey) -> JWTBuilder {
        encryptionKey = key
        return self
    }

    /// Makes access tokens by RFC 9068 for a client: `typ` is `at+jwt`, and each token has a random `jti`.
    ///
    /// The profile also demands `iss`, `aud` and `sub`, which other steps set.
    public consuming func accessToken(clientID: String) -> JWTBuilder {
        header("typ", "at+jwt").claim(.clientID, clientID).randomIdentifier()
    }

    /// Binds tokens to the client's certificate: nobody else can use them (RFC 8705 §3.1).
    public consuming func bound(to certificate: CertificateThumbprint) -> JWTBuilder {
        claim(.confirmation, .object([CertificateThumbprint.confirmationMethod: .string(certificate.base64URL)]))
    }

    /// Sets how long a token is valid, from its not-before on, rounded up to whole seconds; one hour unless set.
    public consuming func lifetime(_ lifetime: Duration) -> JWTBuilder {
        guard lifetime > .zero else { return with(.lifetimeNotPositive) }
        self.lifetime = lifetime
        return self
    }

    /// Sets when a token begins, rounded down to the second; the moment of building unless set.
    ///
    /// It holds for `build()`; a renewed token begins at once.
    public consuming func notBefore(_ notBefore: Date) -> JWTBuilder {
        self.notBefore = notBefore
        return self
    }

    /// Sets `jti`, the token's own identifier.
    public consuming func identifier(_ identifier: String) -> JWTBuilder {
        self.identifier = .fixed(identifier)
        return self
    }

    /// Gives each token a `jti` of its own, of 128 random bits.
    public consuming func randomIdentifier() -> JWTBuilder {
        identifier = .random
        return self
    }

    /// Limits how long a user stays logged in through renewals, from `auth_time` or else the first `iat`.
    ///
    /// No token ends later than that, and `renew(_:)` fails once it is reached. The start is kept in `auth_time`.
    public consuming func maximumTotalLifetime(_ lifetime: Duration) -> JWTBuilder {
        guard lifetime > .zero else { return with(.lifetimeNotPositive) }
        maximumTotalLifetime = lifetime
        return self
    }

    private consuming func with(_ mistake: JWTBuilderError) -> JWTBuilder {
        self.mistake = self.mistake ?? mistake
        return self
    }
}

import ApusCrypto
import ApusJOSE
import FoundationEssentials

/// Checks ID tokens that came from the token endpoint (OpenID Connect Core 1.0 §3.1.3.7 and §12.2).
struct IDTokenValidation: Sendable {
    /// The longest subject (OpenID Connect Core 1.0 §2).
    private static let maximumSubjectOctets = 255

    private let parameters: ValidationParameters
    private let clientID: String
    private let trustedAudiences: [String]
    private let maximumAge: Duration?

    /// - Parameters:
    ///   - trustedAudiences: audiences besides the client that a token may have.
    ///   - maximumAge: how long ago users may have proved who they are.
    init(
        issuer: RemoteIssuer, clientID: String, algorithms: [SignatureAlgorithm], trustedAudiences: [String],
        maximumAge: Duration?
    ) {
        var parameters = ValidationParameters(
            keys: issuer, issuers: [issuer.issuer], audiences: [clientID], clock: issuer.clock)
        // A shared secret cannot be among published keys; and `none` is no algorithm at all.
        parameters.algorithms = algorithms.filter(\.isAsymmetric)
        parameters.acceptsIDTokens = true
        parameters.requiredClaims = [.subject, .issuedAt]
        if maximumAge != nil { parameters.requiredClaims.append(.authenticationTime) }
        self.parameters = parameters
        self.clientID = clientID
        self.trustedAudiences = trustedAudiences
        self.maximumAge = maximumAge
    }

    /// Checks the token of a sign-in.
    ///
    /// - Parameter start: when the sign-in began.
    func validate(
        _ token: String?, nonce: String, begunAt start: Date, accessToken: String
    ) async throws(SignInError) -> Claims {
        let verified = try await verify(token, accessToken)
        let claims = verified.claims
        guard let found = claims["nonce"]?.string else { throw .idToken(.nonceMissing) }
        let (one, other) = (Array(found.utf8), Array(nonce.utf8))
        guard ConstantTime.equal(one.span, other.span) else { throw .idToken(.otherNonce) }
        // A token that was made for this sign-in is no older than it.
        guard let issued = claims.issuedAt, issued >= start.addingTimeInterval(-skew - 1) else {
            throw .idToken(.issuedEarlier)
        }
        if let maximumAge {
            guard let authenticated = claims["auth_time"]?.double else {
                throw .idToken(.token(.claimMalformed("auth_time")))
            }
            let age = parameters.clock().timeIntervalSince1970 - authenticated
            guard age <= maximumAge / .seconds(1) + skew else { throw .idToken(.authenticationTooOld) }
        }
        return claims
    }

    /// Checks the token that came with refreshed ones: it must be about the same sign-in (OpenID Connect Core 1.0 §12.2).
    ///
    /// - Parameter first: the claims of the token that the sign-in began with.
    func validate(_ token: String, after first: Claims, accessToken: String) async throws(SignInError) -> Claims {
        let claims = try await verify(token, accessToken).claims
        guard claims[.subject] == first[.subject] else { throw .idToken(.changed("sub")) }
        for name in ["auth_time", "nonce", "azp"] as [ClaimName] where claims[name] != nil {
            guard claims[name] == first[name] || first[name] == nil && name != "nonce" else {
                throw .idToken(.changed(name.rawValue))
            }
        }
        return claims
    }

    private func verify(_ token: String?, _ accessToken: String) async throws(SignInError) -> VerifiedToken {
        guard let token else { throw .idToken(.missing) }
        let verified: VerifiedToken
        do throws(TokenError) {
            verified = try await parameters.validate(token)
        } catch .keysUnavailable {
            throw .unreachable("its keys are not available")
        } catch {
            throw .idToken(.token(error))
        }
        do throws(IDTokenError) {
            try check(verified, accessToken)
        } catch {
            throw .idToken(error)
        }
        return verified
    }

    private func check(_ token: VerifiedToken, _ accessToken: String) throws(IDTokenError) {
        // Types tell tokens apart: an access token says nothing about a sign-in (RFC 8725 §3.11).
        if let type = token.header.type, type.lowercased().hasSuffix("at+jwt") {
            throw .token(.typeNotAccepted(EchoedText(type).description))
        }
        let claims = token.claims
        guard let subject = claims.subject, !subject.isEmpty, subject.utf8.count <= Self.maximumSubjectOctets else {
            throw .subjectMalformed
        }
        let others = claims.audience.filter { !$0.utf8.elementsEqual(clientID.utf8) }
        guard others.allSatisfy(trustedAudiences.contains) else {
            throw .otherAudiences(others.joined(separator: ", "))
        }
        if let party = claims["azp"] {
            let name = party.string ?? ""
            guard name.utf8.elementsEqual(clientID.utf8) else { throw .otherAuthorizedParty(name) }
        } else if !others.isEmpty {
            throw .authorizedPartyMissing
        }
        guard let issued = claims.issuedAt, issued <= parameters.clock().addingTimeInterval(skew) else {
            throw .issuedLater
        }
        if let hash = claims["at_hash"] { try check(hash, of: accessToken, token.header.algorithm ?? "") }
    }

    /// The left half of the access token's hash, by the algorithm of the signature (OpenID Connect Core 1.0 §3.1.3.6).
    private func check(
        _ hash: JSONValue, of accessToken: String, _ algorithm: String
    ) throws(IDTokenError) {
        let digest: DigestAlgorithm
        switch SignatureAlgorithm(rawValue: algorithm) {
        case .hs256, .rs256, .ps256, .es256, .es256K: digest = .sha256
        case .hs384, .rs384, .ps384, .es384: digest = .sha384
        // Ed25519 hashes with SHA-512, and providers take that; Ed448 has another hash, which is then refused as wrong.
        case .hs512, .rs512, .ps512, .es512, .edDSA: digest = .sha512
        case nil: throw .hashUnknown(algorithm)
        }
        let octets = Array(accessToken.utf8)
        let half = DigestAlgorithm.digest(digest, octets.span).prefix(digest.byteCount / 2)
        guard hash.string == Base64URL.encode(Array(half)) else { throw .otherAccessToken }
    }

    private var skew: TimeInterval { max(0, parameters.clockSkew / .seconds(1)) }
}

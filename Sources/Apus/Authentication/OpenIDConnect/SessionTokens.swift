import ApusJOSE
import FoundationEssentials

/// The tokens of a session, which the browser keeps without being able to read them.
///
/// So nothing is lost when this process ends, and any other that shares the keys can serve the next request.
struct SessionTokens: Sendable {
    /// Whom they are about; the session's ticket must be about the same user.
    let subject: String
    let accessToken: String
    /// When the access token ends; nil when the provider does not say.
    let accessTokenEnds: Date?
    let refreshToken: String?
    /// Of the sign-in: it tells the provider at sign-out whose session ends.
    let idToken: String

    /// - Parameter earlier: those that these come after; what the provider has not issued anew stays (RFC 6749 §6).
    init(_ response: TokenResponse, subject: String, idToken: String, after earlier: SessionTokens? = nil, at now: Date)
    {
        self.subject = subject
        accessToken = response.accessToken
        accessTokenEnds = response.expiresIn.map { now.addingTimeInterval(Double($0)) }
        refreshToken = response.refreshToken ?? earlier?.refreshToken
        self.idToken = idToken
    }

    /// A refresh token, if the access token is over or about to be.
    func refreshTokenDue(at now: Date) -> String? {
        guard let accessTokenEnds, now.addingTimeInterval(30) >= accessTokenEnds else { return nil }
        return refreshToken
    }
}

extension SessionTokens {
    /// What is sealed.
    var octets: [UInt8] {
        var members = JSONObject()
        members["sub"] = .string(subject)
        members["access"] = .string(accessToken)
        members["end"] = accessTokenEnds.map { JSONValue(integerLiteral: Int($0.timeIntervalSince1970)) }
        members["refresh"] = refreshToken.map { .string($0) }
        members["id"] = .string(idToken)
        return JSONValue.object(members).serialized()
    }

    /// Reads what was sealed.
    init?(octets: [UInt8]) {
        guard let members = try? JSONValue.parse(octets), let subject = members["sub"]?.string,
            let accessToken = members["access"]?.string, let idToken = members["id"]?.string
        else { return nil }
        self.subject = subject
        self.accessToken = accessToken
        accessTokenEnds = members["end"]?.int.map { Date(timeIntervalSince1970: Double($0)) }
        refreshToken = members["refresh"]?.string
        self.idToken = idToken
    }
}

extension SessionTokens: CustomStringConvertible, CustomReflectable {
    /// Not the tokens, which open doors to whoever reads them in a log.
    var description: String { "SessionTokens" }

    var customMirror: Mirror { Mirror(self, children: []) }
}

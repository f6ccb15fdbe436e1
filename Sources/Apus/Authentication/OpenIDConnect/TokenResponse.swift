import ApusJOSE

/// What a token endpoint has issued (RFC 6749 §5.1, OpenID Connect Core 1.0 §3.1.3.3).
struct TokenResponse: Sendable {
    /// More octets than this no such response has.
    static let maximumOctets = 65_536

    let accessToken: String
    let idToken: String?
    let refreshToken: String?
    /// Seconds; nil when the provider does not say.
    let expiresIn: Int?

    /// - Throws: `SignInError` for a refusal, and for what is no response.
    init(_ response: FetchedResponse) throws(SignInError) {
        let answer = response.answer
        guard response.mediaType == "application/json", let document = try? JSONValue.parse(answer.body) else {
            throw .tokenResponse("it has status \(answer.status) and is not JSON")
        }
        guard answer.status == 200 else {
            throw .tokenRefused(document["error"]?.string ?? "no error code", status: answer.status)
        }
        guard let accessToken = document["access_token"]?.string, !accessToken.isEmpty else {
            throw .tokenResponse("it has no 'access_token'")
        }
        // RFC 6749 §7.1: a token of an unknown type must not be used.
        guard let type = document["token_type"]?.string, type.lowercased() == "bearer" else {
            throw .tokenResponse("its 'token_type' is not 'Bearer'")
        }
        self.accessToken = accessToken
        idToken = try Self.text("id_token", in: document)
        refreshToken = try Self.text("refresh_token", in: document)
        expiresIn = Self.seconds(document["expires_in"])
    }

    private static func text(_ member: String, in document: JSONValue) throws(SignInError) -> String? {
        guard let value = document[member], !value.isNull else { return nil }
        guard let text = value.string, !text.isEmpty else { throw .tokenResponse("its '\(member)' is no text") }
        return text
    }

    /// A number; some providers write it as text.
    private static func seconds(_ value: JSONValue?) -> Int? {
        guard let seconds = value?.int ?? value?.string.flatMap({ Int($0) }), seconds >= 0 else { return nil }
        return min(seconds, 1 << 31)
    }
}

extension TokenResponse: CustomStringConvertible, CustomReflectable {
    /// Not the tokens, which open doors to whoever reads them in a log.
    var description: String { "TokenResponse(expires in \(expiresIn.map(String.init) ?? "?") s)" }

    var customMirror: Mirror { Mirror(self, children: []) }
}

import ApusHTTP
import ApusJOSE

/// What a provider sends back with the browser (RFC 6749 §4.1.2, OpenID Connect Core 1.0 §3.1.2.5).
struct AuthorizationResponse: Sendable {
    private let query: HTTP.Query

    /// - Throws: `SignInError.parameterRepeated` when it is not clear which value counts (RFC 6749 §3.1).
    init(_ query: HTTP.Query) throws(SignInError) {
        for name in ["state", "code", "iss", "error", "error_description"] where query.values(of: name).count > 1 {
            throw .parameterRepeated(name)
        }
        self.query = query
    }

    /// Which sign-in is answered; nil when the answer does not say.
    var state: String? { query["state"] }

    /// The code, once the answer is known to be from the issuer that was asked.
    ///
    /// - Parameter namesIssuer: whether the issuer says that all of its answers name it.
    /// - Throws: `SignInError`, also for what the provider itself calls an error.
    func code(from issuer: String, namesIssuer: Bool) throws(SignInError) -> String {
        let named = query["iss"]
        // RFC 9207 §2.4: compared as it is, before anything else is believed.
        guard named?.utf8.elementsEqual(issuer.utf8) ?? !namesIssuer else { throw .otherIssuer(named) }
        if let error = query["error"] { throw .refused(code: error, description: query["error_description"]) }
        guard let code = query["code"], !code.isEmpty else { throw .parameterMissing("code") }
        return code
    }
}

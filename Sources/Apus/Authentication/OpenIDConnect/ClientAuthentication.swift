import ApusHTTP
public import ApusJOSE
import FoundationEssentials

/// How a client proves to a provider's token endpoint who it is (OpenID Connect Core 1.0 §9).
public struct ClientAuthentication: Sendable {
    enum Method: Sendable {
        case none
        case secretInField(String)
        case secretInForm(String)
        case assertion(KeyStore)
    }

    /// How long an assertion is valid: as long as a request may take, and a clock may be wrong.
    private static let assertionLifetime: Duration = .seconds(60)

    let method: Method

    /// Nothing: for clients that cannot keep a secret; PKCE alone protects their codes.
    public static let none = ClientAuthentication(method: .none)

    /// A secret in the Authorization field, `client_secret_basic` (RFC 6749 §2.3.1); what most providers expect.
    public static func secret(_ secret: String) -> ClientAuthentication {
        ClientAuthentication(method: .secretInField(secret))
    }

    /// A secret in the form, `client_secret_post`; for providers that do not look at the Authorization field.
    public static func secretInForm(_ secret: String) -> ClientAuthentication {
        ClientAuthentication(method: .secretInForm(secret))
    }

    /// A token signed with a private key, `private_key_jwt` (RFC 7523 §2.2): no secret is shared with the provider.
    ///
    /// The provider knows the public keys, as a rule by the address of a `JWKSRoute` of the same store, so they can rotate. Each token
    /// is for the token endpoint alone, has an identifier of its own and ends after a minute.
    public static func privateKey(_ keys: KeyStore) -> ClientAuthentication {
        ClientAuthentication(method: .assertion(keys))
    }

    /// The method's name in metadata (OpenID Connect Discovery 1.0 §3).
    var name: String {
        switch method {
        case .none: "none"
        case .secretInField: "client_secret_basic"
        case .secretInForm: "client_secret_post"
        case .assertion: "private_key_jwt"
        }
    }

    /// The form with what the method adds to it, and the Authorization field's value, if it has one.
    ///
    /// - Throws: `JWTBuilderError` when no key of the store signs.
    func authenticate(
        _ form: HTTP.Query, as clientID: String, at tokenEndpoint: String, clock: @escaping @Sendable () -> Date
    ) async throws -> (form: HTTP.Query, authorization: String?) {
        switch method {
        case .none:
            return (form.adding("client_id", clientID), nil)
        case .secretInField(let secret):
            // RFC 6749 §2.3.1: both are encoded as a form is, before they become a user name and a password.
            let login = HTTP.Query([clientID: secret]).encoded.replacing("=", with: ":", maxReplacements: 1)
            return (form, "Basic " + Data(login.utf8).base64EncodedString())
        case .secretInForm(let secret):
            return (form.adding("client_id", clientID).adding("client_secret", secret), nil)
        case .assertion(let keys):
            let assertion = try await JWTBuilder(keys: keys, clock: clock).issuer(clientID).subject(clientID)
                .audience(tokenEndpoint).randomIdentifier().lifetime(Self.assertionLifetime).build()
            return (
                form.adding("client_id", clientID)
                    .adding("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                    .adding("client_assertion", assertion.token), nil
            )
        }
    }
}

extension ClientAuthentication: CustomStringConvertible, CustomReflectable {
    /// The method's name; never the secret.
    public var description: String { name }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror { Mirror(self, children: ["method": name]) }
}

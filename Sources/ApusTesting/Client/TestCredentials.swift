public import Apus
import FoundationEssentials

/// What a request of a test says about who sends it.
public struct TestCredentials: Sendable {
    private enum Form {
        case field(String, String)
        case missingToken
    }

    private let form: Form

    /// A user name and a password in the Authorization field (RFC 7617).
    public static func basic(_ username: String, _ password: String) -> TestCredentials {
        .header("Authorization", "Basic " + Data("\(username):\(password)".utf8).base64EncodedString())
    }

    /// A token in the Authorization field (RFC 6750); nil is an error when the request is sent.
    public static func bearer(_ token: String?) -> TestCredentials {
        guard let token else { return TestCredentials(form: .missingToken) }
        return .header("Authorization", "Bearer " + token)
    }

    /// A member of an earlier answer, such as `.bearer(issued.json["access_token"])`.
    ///
    /// Anything but a string is an error when the request is sent.
    public static func bearer(_ token: JSONValue?) -> TestCredentials {
        bearer(token?.string)
    }

    /// A key, or whatever else, in a header field.
    public static func header(_ name: String, _ value: String) -> TestCredentials {
        TestCredentials(form: .field(name, value))
    }

    /// A test without its token must not pass for one without credentials.
    var field: (name: String, value: String) {
        get throws {
            switch form {
            case .field(let name, let value): return (name, value)
            case .missingToken:
                throw TestClientError(
                    "Expected a token for .bearer, found nil; look at the response that should have had it.")
            }
        }
    }
}

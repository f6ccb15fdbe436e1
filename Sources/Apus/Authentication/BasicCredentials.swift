import ApusCrypto
import ApusJOSE

/// A user name and a password.
public struct BasicCredentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// Never empty, and without a colon.
    public let username: String

    /// May be empty.
    public let password: String

    /// Decodes the `user-id ":" password` of RFC 7617 §2; nil when it is malformed.
    ///
    /// Strict base64; UTF-8 without control characters; the first colon splits; an empty user name is malformed, an empty password is not.
    init?(base64 text: ArraySlice<UInt8>) {
        guard let octets = try? Base64.decode(text),
            let colon = octets.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            !octets.contains(where: { $0 < 0x20 || $0 == 0x7F }),
            let username = String(validating: octets[..<colon], as: UTF8.self),
            let password = String(validating: octets[(colon + 1)...], as: UTF8.self)
        else { return nil }
        self.username = username
        self.password = password
    }

    /// Compares both with what is expected, in a time that depends on neither.
    public func matches(username: String, password: String) -> Bool {
        let sameName = ConstantTime.equal(Array(self.username.utf8).span, Array(username.utf8).span)
        let samePassword = ConstantTime.equal(Array(self.password.utf8).span, Array(password.utf8).span)
        // Not `&&`, which would answer sooner when the name is wrong.
        return [sameName, samePassword] == [true, true]
    }

    /// The user name; the password is not shown.
    public var description: String { "\(username):[redacted]" }

    /// The user name; the password is not shown.
    public var debugDescription: String { description }
}

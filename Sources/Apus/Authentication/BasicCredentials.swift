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
        guard text.count <= Self.shortText else {
            guard let octets = try? Base64.decode(text) else { return nil }
            self.init(octets.span)
            return
        }
        // On the stack, as they are needed no longer than this.
        var storage = InlineArray<96, UInt8>(repeating: 0)
        var output = storage.mutableSpan
        guard let count = try? Base64.decode(text.span, into: &output) else { return nil }
        self.init(output.span.extracting(first: count))
    }

    /// So many characters of base64 stand for 96 octets.
    private static let shortText = 128

    private init?(_ octets: Span<UInt8>) {
        guard let colon = Self.colon(in: octets), colon > 0,
            let username = Self.text(octets.extracting(..<colon)),
            let password = Self.text(octets.extracting((colon + 1)...))
        else { return nil }
        self.username = username
        self.password = password
    }

    /// Compares both with what is expected, in a time that depends on neither.
    public func matches(username: String, password: String) -> Bool {
        let sameName = ConstantTime.equal(self.username.utf8.span, username.utf8.span)
        let samePassword = ConstantTime.equal(self.password.utf8.span, password.utf8.span)
        // Not `&&`, which would answer sooner when the name is wrong.
        return (sameName ? 1 : 0) & (samePassword ? 1 : 0) == 1
    }

    /// Where the first colon is; nil without one, and when there are control characters.
    private static func colon(in octets: Span<UInt8>) -> Int? {
        var colon: Int?
        for index in 0..<octets.count {
            let octet = octets[unchecked: index]
            if octet < 0x20 || octet == 0x7F { return nil }
            if octet == UInt8(ascii: ":"), colon == nil { colon = index }
        }
        return colon
    }

    private static func text(_ octets: Span<UInt8>) -> String? {
        guard let valid = try? UTF8Span(validating: octets) else { return nil }
        return String(copying: valid)
    }

    /// The user name; the password is not shown.
    public var description: String { "\(username):[redacted]" }

    /// The user name; the password is not shown.
    public var debugDescription: String { description }
}

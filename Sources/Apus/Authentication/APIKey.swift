import ApusCrypto

/// A key that a client sent to say who it is; its text appears in no description.
public struct APIKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The key itself, never empty, without control characters and without spaces at its ends.
    public let text: String

    /// The longest key that is looked at, in octets.
    static let maximumOctets = 8_192

    init(text: String) {
        self.text = text
    }

    /// Compares with a key that is expected, in a time that does not depend on where they differ.
    public func matches(_ expected: String) -> Bool {
        digest.matches(Digest(of: expected))
    }

    /// The SHA-256 of the key's UTF-8 in 64 hexadecimal digits, as `sha256sum` prints it: to look the key up by.
    ///
    /// A table of digests is worth nothing to a thief as long as the keys are random, with 128 bits or more; and the
    /// time of a look-up says nothing about the keys in it.
    public var sha256: String { digest.hexadecimal }

    var digest: Digest { Digest(of: text) }

    /// That there is a key; the key is not shown.
    public var description: String { "[redacted]" }

    /// That there is a key; the key is not shown.
    public var debugDescription: String { description }

    /// What stands for a key in a comparison: of one length for all, so that not even that shows in the time.
    struct Digest: Sendable {
        private let octets: [UInt8]

        init(of text: String) {
            octets = DigestAlgorithm.digest(.sha256, [UInt8](text.utf8).span)
        }

        var hexadecimal: String {
            octets.map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
        }

        func matches(_ other: Digest) -> Bool { ConstantTime.equal(octets.span, other.octets.span) }
    }
}

import ApusCrypto
import ApusJOSE

/// The secret that ties an authorization code to the sign-in that asked for it: PKCE (RFC 7636).
///
/// A client shows the `challenge` when it asks for a code, and the verifier when it redeems it. `OpenIDConnect` does so by itself; a
/// provider checks it here.
public struct CodeVerifier: Hashable, Sendable {
    /// The verifier, 43 to 128 characters.
    public let text: String

    /// Makes a verifier of 256 random bits, as RFC 7636 §4.1 recommends.
    ///
    /// - Throws: when the generator of random octets is not available.
    public init() throws {
        text = try RandomText.make(octets: 32)
    }

    /// Takes a verifier that a client has sent; nil unless it is 43 to 128 letters, digits and characters of `-._~`.
    public init?(_ text: String) {
        let isUnreserved = text.utf8.allSatisfy { octet in
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
            default: false
            }
        }
        guard isUnreserved, 43...128 ~= text.utf8.count else { return nil }
        self.text = text
    }

    /// What the provider is shown first: the SHA-256 of the verifier in Base64url, `S256` (RFC 7636 §4.2).
    public var challenge: String {
        let octets = Array(text.utf8)
        return Base64URL.encode(DigestAlgorithm.digest(.sha256, octets.span))
    }

    /// Whether a challenge was made of this verifier, in a time that does not depend on where it differs.
    public func answers(_ challenge: String) -> Bool {
        let (one, other) = (Array(self.challenge.utf8), Array(challenge.utf8))
        return ConstantTime.equal(one.span, other.span)
    }
}

extension CodeVerifier: CustomStringConvertible, CustomReflectable {
    /// The challenge, which is no secret.
    public var description: String { "CodeVerifier(challenge: \(challenge))" }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror { Mirror(self, children: ["challenge": challenge]) }
}

/// Text that nobody can guess.
enum RandomText {
    static func make(octets: Int) throws -> String {
        Base64URL.encode(try SecureRandom.bytes(octets))
    }
}

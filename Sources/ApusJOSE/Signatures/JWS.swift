/// Signed messages of any content (RFC 7515), in the compact and both JSON serialisations.
///
/// ```swift
/// let text = try JWS.sign(octets, with: key)
/// let message = try JWS.verify(text, with: [key.verificationKey])
/// ```
///
/// Tokens have a type of their own, `ValidationParameters`, which checks their claims too.
public enum JWS {
    /// The length in octets beyond which a message is refused unread, unless said otherwise.
    public static let defaultMaximumBytes = 1_048_576
    /// The number of signatures beyond which a message is refused, as each one costs a look at a key.
    public static let maximumSignatures = 16

    /// One of the signatures that a message is to get.
    public struct Signer: Sendable {
        /// The key that signs; its algorithm is written into the protected header.
        public var key: SigningKey
        /// What the protected header says beside `alg`, `kid` and `b64`.
        public var header: JSONObject
        /// What stands beside the signature without being signed.
        ///
        /// A `kid` here, which must be the key's, takes the place of the one in the protected header.
        public var unprotectedHeader: JSONObject

        /// Signs with a key, and says more in the headers if told so.
        public init(_ key: SigningKey, header: JSONObject = [:], unprotectedHeader: JSONObject = [:]) {
            self.key = key
            self.header = header
            self.unprotectedHeader = unprotectedHeader
        }
    }

    /// How many signatures of a message must be valid.
    public enum Requirement: Hashable, Sendable {
        /// One is enough; those that other keys made, or that are wrong, are passed over.
        case any
        /// Each one.
        case all
    }
}

/// A message of which a signature was checked; only `JWS` makes one.
public struct VerifiedMessage: Sendable {
    /// A signature that is valid.
    public struct Signature: Sendable {
        /// The header that was signed.
        public let header: JOSEHeader
        /// What stood beside the signature; anyone on the way may have written it.
        public let unprotectedHeader: JSONObject
        /// The key that the signature is valid under.
        public let key: VerificationKey
    }

    /// The octets that were signed.
    public let payload: [UInt8]
    /// The header that was signed, of the first valid signature.
    public let header: JOSEHeader
    /// The valid signatures, at least one, in their order.
    public let signatures: [Signature]
}

public import FoundationEssentials

/// A token that was just signed, with what an answer to a client tells about it.
public struct IssuedToken: Sendable {
    /// The signed token in compact serialisation, ready for `Authorization: Bearer`.
    public let token: String
    /// When it was issued, to the second.
    public let issuedAt: Date
    /// When it begins.
    public let notBefore: Date
    /// When it ends.
    public let expires: Date
    /// The seconds from issue to end, as `expires_in` of RFC 6749 §5.1.
    public let expiresIn: Int
    let issuedClaims: IssuedClaims
    let encodedHeader: EncodedHeader

    /// The claims that were signed, put together anew with each call.
    public var claims: Claims { Claims(issuedClaims.object) }
    /// The header that was signed.
    public var header: JOSEHeader { encodedHeader.header }
}

extension IssuedToken: CustomStringConvertible, CustomReflectable {
    /// When the token ends; not the token, which opens doors to whoever reads it in a log.
    public var description: String { "IssuedToken(expires: \(UTCTimestamp.text(expires)))" }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror { Mirror(self, children: ["expires": expires]) }
}

/// The content of a token of which nothing was checked but its form: for looking into, never for trusting.
///
/// Neither the signature nor any claim was verified; whoever sent the token may have written all of it.
public struct UnverifiedToken: Sendable {
    /// The header as its sender wrote it.
    public let header: JOSEHeader
    /// The claims as their sender wrote them.
    public let claims: Claims

    /// Decodes a token of at most 16,384 octets without verifying it.
    ///
    /// - Throws: `TokenError.tooLarge` or `TokenError.malformed`. A wrong signature is no error, nor is `alg` `none`.
    public init(inspecting token: String) throws(TokenError) {
        let utf8 = token.utf8
        let text = utf8.span
        let segments = try CompactToken(text, maximumBytes: ValidationParameters.defaultMaximumTokenBytes)
        header = JOSEHeader(try CompactToken.object(text.extracting(segments.header)))
        claims = try CompactToken.claims(text.extracting(segments.payload))
    }
}

/// The content of a token of which nothing was checked but its form: for looking into, never for trusting.
///
/// Neither the signature nor any claim was verified; whoever sent the token may have written all of it.
public struct UnverifiedToken: Sendable {
    /// The header as its sender wrote it.
    public let header: JOSEHeader
    /// The claims as their sender wrote them; none of an encrypted token, whose content only its recipient can read.
    public let claims: Claims
    /// Whether the token is encrypted (RFC 7516); the header is then the protected one of the encryption.
    public let isEncrypted: Bool

    /// Decodes a token of at most 16,384 octets without verifying or decrypting it.
    ///
    /// - Throws: `TokenError.tooLarge` or `TokenError.malformed`. A wrong signature is no error, nor is `alg` `none`.
    public init(inspecting token: String) throws(TokenError) {
        let utf8 = token.utf8
        let text = utf8.span
        isEncrypted = ValidationParameters.isEncrypted(text)
        if isEncrypted {
            do {
                let message = try EncryptedMessage(
                    compact: text, maximumBytes: ValidationParameters.defaultMaximumTokenBytes)
                header = JOSEHeader(message.protected)
            } catch .tooLarge(let limit) {
                throw .tooLarge(limit: limit)
            } catch {
                throw .malformed
            }
            claims = Claims()
            return
        }
        let segments = try CompactToken(text, maximumBytes: ValidationParameters.defaultMaximumTokenBytes)
        header = JOSEHeader(try CompactToken.object(text.extracting(segments.header)))
        claims = try CompactToken.claims(text.extracting(segments.payload))
    }
}

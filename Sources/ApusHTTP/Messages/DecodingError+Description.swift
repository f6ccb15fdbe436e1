extension HTTP.DecodingError {
    /// What was expected and what was found, for a log or for the peer; it holds nothing that the peer has sent.
    public var description: String {
        switch reason {
        case .bareLineFeed: "Expected CRLF at the end of a line, found LF alone (RFC 9112 §2.2)."
        case .bareCarriageReturn: "Expected LF after CR, found another octet (RFC 9112 §2.2)."
        case .controlCharacter: "Expected no control but HTAB within a line, found one (RFC 9110 §5.5)."
        case .invalidMethod: "Expected a method token at the start of a request, found another octet (RFC 9112 §3.1)."
        case .methodTooLong(let limit): "Expected a method of at most \(limit) octets, found a longer one."
        case .malformedRequestLine:
            "Expected method, target and version with one space between them (RFC 9112 §3), found another line."
        case .requestLineTooLong(let limit): "Expected a request line of at most \(limit) octets, found a longer one."
        case .invalidTarget:
            "Expected a target of visible ASCII characters and no fragment (RFC 9112 §3.2), found another character."
        case .targetFormMismatch:
            "Expected a path, a http(s) URI, host:port for CONNECT or * for OPTIONS as target (RFC 9112 §3.2)."
        case .invalidAuthority: "Expected host and optional port, without user, in the target (RFC 9110 §4.2.4)."
        case .malformedVersion: "Expected HTTP/ and two digits with a period between them (RFC 9112 §2.3)."
        case .unsupportedVersion: "Expected HTTP/1.1 or HTTP/1.0, found another major version."
        case .obsoleteLineFolding: "Expected a field name, found whitespace at the start of a line (RFC 9112 §5.2)."
        case .whitespaceInFieldName: "Expected a colon right after a field name, found whitespace (RFC 9112 §5.1)."
        case .invalidFieldName: "Expected a token and a colon at the start of a field line (RFC 9110 §5.1)."
        case .fieldSectionTooLarge(let limit): "Expected field lines of at most \(limit) octets in all, found more."
        case .tooManyFields(let limit): "Expected at most \(limit) field lines, found more."
        case .missingHost: "Expected a Host field, found none (RFC 9112 §3.2)."
        case .repeatedHost: "Expected one Host field, found several (RFC 9112 §3.2)."
        case .invalidHost: "Expected host and optional port in Host (RFC 9110 §7.2), found another value."
        case .invalidContentLength:
            "Expected one decimal number in Content-Length, found another value (RFC 9110 §8.6)."
        case .repeatedContentLength: "Expected one Content-Length field, found several (RFC 9112 §6.3)."
        case .contentLengthWithTransferEncoding:
            "Expected Content-Length or Transfer-Encoding, found both (RFC 9112 §6.1)."
        case .whitespaceAroundFraming:
            "Expected at most one space before the value of Content-Length or Transfer-Encoding, found more whitespace."
        case .malformedTransferEncoding:
            "Expected chunked, once and without parameters, in Transfer-Encoding (RFC 9112 §7.1), found another value."
        case .chunkedNotLast: "Expected chunked as the last transfer coding, found another (RFC 9112 §6.3)."
        case .unsupportedTransferCoding: "Expected no transfer coding but chunked, found another (RFC 9112 §6.1)."
        case .transferEncodingInHTTP10: "Expected no Transfer-Encoding in HTTP/1.0, found one (RFC 9112 §6.1)."
        case .unsupportedExpectation: "Expected 100-continue in Expect, found another value (RFC 9110 §10.1.1)."
        case .invalidChunkSize: "Expected 1 to 16 hexadecimal digits as a chunk's size (RFC 9112 §7.1)."
        case .invalidChunkExtension:
            "Expected ;name, ;name=token or ;name=\"text\" without spaces after a chunk's size (RFC 9112 §7.1.1)."
        case .chunkExtensionsTooLong(let limit):
            "Expected chunk extensions of at most \(limit) octets together, found more."
        case .missingChunkEnd: "Expected CRLF after a chunk's content, found another octet (RFC 9112 §7.1)."
        case .trailersTooLarge(let limit): "Expected trailer lines of at most \(limit) octets together, found more."
        case .tooManyTrailers(let limit): "Expected at most \(limit) trailer lines, found more."
        }
    }
}

/// Why octets are not a response that a server may send.
package enum ResponseFault: Error, Hashable, CustomStringConvertible {
    case bareLineFeed
    case bareCarriageReturn
    case controlCharacter
    case malformedStatusLine
    case statusOutOfRange
    case malformedField
    case malformedContentLength
    case repeatedContentLength
    case unknownTransferCoding
    case contentLengthWithTransferEncoding
    case framingWithoutContent
    case malformedChunkSize
    case missingChunkEnd
    case forbiddenTrailer
    /// The connection ended within a response.
    case endedEarly
    /// The connection ended where a response could have begun.
    case ended

    package var description: String {
        switch self {
        case .bareLineFeed: "Expected CRLF at the end of a line, found LF alone (RFC 9112 §2.2)."
        case .bareCarriageReturn: "Expected LF after CR, found another octet (RFC 9112 §2.2)."
        case .controlCharacter: "Expected no control but HTAB within a line, found one (RFC 9110 §5.5)."
        case .malformedStatusLine:
            "Expected HTTP/1.1, three digits and a reason with one space between them (RFC 9112 §4)."
        case .statusOutOfRange: "Expected a status from 100 to 599, found another number (RFC 9110 §15)."
        case .malformedField: "Expected a token and a colon at the start of a field line (RFC 9112 §5)."
        case .malformedContentLength: "Expected decimal digits in Content-Length, found another value (RFC 9110 §8.6)."
        case .repeatedContentLength: "Expected one Content-Length field, found several (RFC 9110 §8.6)."
        case .unknownTransferCoding: "Expected 'chunked' in Transfer-Encoding, found another value (RFC 9112 §6.1)."
        case .contentLengthWithTransferEncoding:
            "Expected Content-Length or Transfer-Encoding, found both (RFC 9112 §6.2)."
        case .framingWithoutContent:
            "Expected neither Content-Length nor Transfer-Encoding with 1xx and 204, found one (RFC 9110 §8.6, RFC 9112 §6.1)."
        case .malformedChunkSize: "Expected 1 to 15 hexadecimal digits at the start of a chunk (RFC 9112 §7.1)."
        case .missingChunkEnd: "Expected CRLF where a chunk's content ends, found another octet (RFC 9112 §7.1)."
        case .forbiddenTrailer:
            "Expected trailers that say nothing about framing, found one that does (RFC 9110 §6.5.1)."
        case .endedEarly: "The connection ended before the response did."
        case .ended: "The connection ended, and no response had begun."
        }
    }
}

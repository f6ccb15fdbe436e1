extension HTTP {
    /// Why a request could not be read; the connection cannot be used any further (RFC 9112 §2.2).
    public struct DecodingError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The fault that was found first.
        public let reason: Reason

        package init(_ reason: Reason) { self.reason = reason }
    }
}

extension HTTP.DecodingError {
    /// One case for each fault that can be told from the others; numbers are the limits that were passed.
    public enum Reason: Hashable, Sendable {
        /// A line ends in LF without CR before it.
        case bareLineFeed
        /// A CR has no LF after it.
        case bareCarriageReturn
        /// A line holds a control character.
        case controlCharacter

        /// The request does not begin with a method token.
        case invalidMethod
        /// The method's name is longer than any that is known.
        case methodTooLong(limit: Int)
        /// The request line is not three parts with one space between them.
        case malformedRequestLine
        /// The request line is too long.
        case requestLineTooLong(limit: Int)
        /// The target holds a character that no target holds, or a fragment.
        case invalidTarget
        /// The target's form does not belong to the method.
        case targetFormMismatch
        /// The host or port in the target is not valid.
        case invalidAuthority
        /// The version does not read as one.
        case malformedVersion
        /// The version is of another major version than 1.
        case unsupportedVersion

        /// A line begins with whitespace, to continue the line before it.
        case obsoleteLineFolding
        /// There is whitespace between a field's name and its colon.
        case whitespaceInFieldName
        /// A field line does not begin with a token and a colon.
        case invalidFieldName
        /// The field lines are too long together.
        case fieldSectionTooLarge(limit: Int)
        /// There are too many field lines.
        case tooManyFields(limit: Int)

        /// There is no Host in a HTTP/1.1 request.
        case missingHost
        /// There is more than one Host.
        case repeatedHost
        /// Host is neither empty nor a host with an optional port.
        case invalidHost
        /// Content-Length is not one number in decimal digits that fits 63 bits.
        case invalidContentLength
        /// There is more than one Content-Length.
        case repeatedContentLength
        /// There is both Content-Length and Transfer-Encoding.
        case contentLengthWithTransferEncoding
        /// Content-Length or Transfer-Encoding has whitespace around its value that implementations disagree about.
        case whitespaceAroundFraming
        /// Transfer-Encoding is not a list of codings, or gives `chunked` twice or with a parameter.
        case malformedTransferEncoding
        /// The last transfer coding is not `chunked`, so nothing tells where the content ends.
        case chunkedNotLast
        /// There is a transfer coding beside `chunked`.
        case unsupportedTransferCoding
        /// There is a Transfer-Encoding in a HTTP/1.0 request.
        case transferEncodingInHTTP10
        /// Expect is something other than `100-continue`.
        case unsupportedExpectation

        /// A chunk's size is not 1 to 16 hexadecimal digits that fit 63 bits.
        case invalidChunkSize
        /// A chunk's extensions are not written as RFC 9112 §7.1.1 says.
        case invalidChunkExtension
        /// The request's chunk extensions are too long together.
        case chunkExtensionsTooLong(limit: Int)
        /// There is no CRLF where a chunk's content ends.
        case missingChunkEnd
        /// The trailer lines are too long together.
        case trailersTooLarge(limit: Int)
        /// There are too many trailer lines.
        case tooManyTrailers(limit: Int)
    }

    /// The status to answer with before the connection is closed.
    public var status: HTTP.Status {
        switch reason {
        case .requestLineTooLong: .uriTooLong
        case .fieldSectionTooLarge, .tooManyFields, .trailersTooLarge, .tooManyTrailers: .requestHeaderFieldsTooLarge
        case .methodTooLong, .unsupportedTransferCoding: .notImplemented
        case .unsupportedVersion: .httpVersionNotSupported
        case .unsupportedExpectation: .expectationFailed
        default: .badRequest
        }
    }
}

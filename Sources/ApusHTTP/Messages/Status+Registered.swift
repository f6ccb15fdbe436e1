// The statuses of IANA's registry of HTTP status codes.
extension HTTP.Status {
    /// 100 Continue (RFC 9110 §15.2.1).
    public static let `continue` = HTTP.Status(code: 100)
    /// 101 Switching Protocols (RFC 9110 §15.2.2).
    public static let switchingProtocols = HTTP.Status(code: 101)
    /// 102 Processing (RFC 2518 §10.1).
    public static let processing = HTTP.Status(code: 102)
    /// 103 Early Hints (RFC 8297 §2).
    public static let earlyHints = HTTP.Status(code: 103)
    /// 200 OK (RFC 9110 §15.3.1).
    public static let ok = HTTP.Status(code: 200)
    /// 201 Created (RFC 9110 §15.3.2).
    public static let created = HTTP.Status(code: 201)
    /// 202 Accepted (RFC 9110 §15.3.3).
    public static let accepted = HTTP.Status(code: 202)
    /// 203 Non-Authoritative Information (RFC 9110 §15.3.4).
    public static let nonAuthoritativeInformation = HTTP.Status(code: 203)
    /// 204 No Content (RFC 9110 §15.3.5).
    public static let noContent = HTTP.Status(code: 204)
    /// 205 Reset Content (RFC 9110 §15.3.6).
    public static let resetContent = HTTP.Status(code: 205)
    /// 206 Partial Content (RFC 9110 §15.3.7).
    public static let partialContent = HTTP.Status(code: 206)
    // swift-format-ignore: DontRepeatTypeInStaticProperties
    /// 207 Multi-Status (RFC 4918 §11.1).
    public static let multiStatus = HTTP.Status(code: 207)
    /// 208 Already Reported (RFC 5842 §7.1).
    public static let alreadyReported = HTTP.Status(code: 208)
    /// 226 IM Used (RFC 3229 §10.4.1).
    public static let imUsed = HTTP.Status(code: 226)
    /// 300 Multiple Choices (RFC 9110 §15.4.1).
    public static let multipleChoices = HTTP.Status(code: 300)
    /// 301 Moved Permanently (RFC 9110 §15.4.2).
    public static let movedPermanently = HTTP.Status(code: 301)
    /// 302 Found (RFC 9110 §15.4.3).
    public static let found = HTTP.Status(code: 302)
    /// 303 See Other (RFC 9110 §15.4.4).
    public static let seeOther = HTTP.Status(code: 303)
    /// 304 Not Modified (RFC 9110 §15.4.5).
    public static let notModified = HTTP.Status(code: 304)
    /// 305 Use Proxy (RFC 9110 §15.4.6).
    public static let useProxy = HTTP.Status(code: 305)
    /// 307 Temporary Redirect (RFC 9110 §15.4.8).
    public static let temporaryRedirect = HTTP.Status(code: 307)
    /// 308 Permanent Redirect (RFC 9110 §15.4.9).
    public static let permanentRedirect = HTTP.Status(code: 308)
    /// 400 Bad Request (RFC 9110 §15.5.1).
    public static let badRequest = HTTP.Status(code: 400)
    /// 401 Unauthorized (RFC 9110 §15.5.2).
    public static let unauthorized = HTTP.Status(code: 401)
    /// 402 Payment Required (RFC 9110 §15.5.3).
    public static let paymentRequired = HTTP.Status(code: 402)
    /// 403 Forbidden (RFC 9110 §15.5.4).
    public static let forbidden = HTTP.Status(code: 403)
    /// 404 Not Found (RFC 9110 §15.5.5).
    public static let notFound = HTTP.Status(code: 404)
    /// 405 Method Not Allowed (RFC 9110 §15.5.6).
    public static let methodNotAllowed = HTTP.Status(code: 405)
    /// 406 Not Acceptable (RFC 9110 §15.5.7).
    public static let notAcceptable = HTTP.Status(code: 406)
    /// 407 Proxy Authentication Required (RFC 9110 §15.5.8).
    public static let proxyAuthenticationRequired = HTTP.Status(code: 407)
    /// 408 Request Timeout (RFC 9110 §15.5.9).
    public static let requestTimeout = HTTP.Status(code: 408)
    /// 409 Conflict (RFC 9110 §15.5.10).
    public static let conflict = HTTP.Status(code: 409)
    /// 410 Gone (RFC 9110 §15.5.11).
    public static let gone = HTTP.Status(code: 410)
    /// 411 Length Required (RFC 9110 §15.5.12).
    public static let lengthRequired = HTTP.Status(code: 411)
    /// 412 Precondition Failed (RFC 9110 §15.5.13).
    public static let preconditionFailed = HTTP.Status(code: 412)
    /// 413 Content Too Large (RFC 9110 §15.5.14).
    public static let contentTooLarge = HTTP.Status(code: 413)
    /// 414 URI Too Long (RFC 9110 §15.5.15).
    public static let uriTooLong = HTTP.Status(code: 414)
    /// 415 Unsupported Media Type (RFC 9110 §15.5.16).
    public static let unsupportedMediaType = HTTP.Status(code: 415)
    /// 416 Range Not Satisfiable (RFC 9110 §15.5.17).
    public static let rangeNotSatisfiable = HTTP.Status(code: 416)
    /// 417 Expectation Failed (RFC 9110 §15.5.18).
    public static let expectationFailed = HTTP.Status(code: 417)
    /// 421 Misdirected Request (RFC 9110 §15.5.20).
    public static let misdirectedRequest = HTTP.Status(code: 421)
    /// 422 Unprocessable Content (RFC 9110 §15.5.21).
    public static let unprocessableContent = HTTP.Status(code: 422)
    /// 423 Locked (RFC 4918 §11.3).
    public static let locked = HTTP.Status(code: 423)
    /// 424 Failed Dependency (RFC 4918 §11.4).
    public static let failedDependency = HTTP.Status(code: 424)
    /// 425 Too Early (RFC 8470 §5.2).
    public static let tooEarly = HTTP.Status(code: 425)
    /// 426 Upgrade Required (RFC 9110 §15.5.22).
    public static let upgradeRequired = HTTP.Status(code: 426)
    /// 428 Precondition Required (RFC 6585 §3).
    public static let preconditionRequired = HTTP.Status(code: 428)
    /// 429 Too Many Requests (RFC 6585 §4).
    public static let tooManyRequests = HTTP.Status(code: 429)
    /// 431 Request Header Fields Too Large (RFC 6585 §5).
    public static let requestHeaderFieldsTooLarge = HTTP.Status(code: 431)
    /// 451 Unavailable For Legal Reasons (RFC 7725 §3).
    public static let unavailableForLegalReasons = HTTP.Status(code: 451)
    /// 500 Internal Server Error (RFC 9110 §15.6.1).
    public static let internalServerError = HTTP.Status(code: 500)
    /// 501 Not Implemented (RFC 9110 §15.6.2).
    public static let notImplemented = HTTP.Status(code: 501)
    /// 502 Bad Gateway (RFC 9110 §15.6.3).
    public static let badGateway = HTTP.Status(code: 502)
    /// 503 Service Unavailable (RFC 9110 §15.6.4).
    public static let serviceUnavailable = HTTP.Status(code: 503)
    /// 504 Gateway Timeout (RFC 9110 §15.6.5).
    public static let gatewayTimeout = HTTP.Status(code: 504)
    /// 505 HTTP Version Not Supported (RFC 9110 §15.6.6).
    public static let httpVersionNotSupported = HTTP.Status(code: 505)
    /// 506 Variant Also Negotiates (RFC 2295 §8.1).
    public static let variantAlsoNegotiates = HTTP.Status(code: 506)
    /// 507 Insufficient Storage (RFC 4918 §11.5).
    public static let insufficientStorage = HTTP.Status(code: 507)
    /// 508 Loop Detected (RFC 5842 §7.2).
    public static let loopDetected = HTTP.Status(code: 508)
    /// 510 Not Extended (RFC 2774 §7).
    public static let notExtended = HTTP.Status(code: 510)
    /// 511 Network Authentication Required (RFC 6585 §6).
    public static let networkAuthenticationRequired = HTTP.Status(code: 511)
}

// Names of fields that servers read and write often, from IANA's registry and from common use.
extension HTTP.FieldName {
    /// `Accept` (RFC 9110 §12.5.1).
    public static let accept: HTTP.FieldName = "Accept"
    /// `Accept-Encoding` (RFC 9110 §12.5.3).
    public static let acceptEncoding: HTTP.FieldName = "Accept-Encoding"
    /// `Accept-Language` (RFC 9110 §12.5.4).
    public static let acceptLanguage: HTTP.FieldName = "Accept-Language"
    /// `Accept-Ranges` (RFC 9110 §14.3).
    public static let acceptRanges: HTTP.FieldName = "Accept-Ranges"
    /// `Access-Control-Allow-Credentials` (Fetch Standard).
    public static let accessControlAllowCredentials: HTTP.FieldName = "Access-Control-Allow-Credentials"
    /// `Access-Control-Allow-Headers` (Fetch Standard).
    public static let accessControlAllowHeaders: HTTP.FieldName = "Access-Control-Allow-Headers"
    /// `Access-Control-Allow-Methods` (Fetch Standard).
    public static let accessControlAllowMethods: HTTP.FieldName = "Access-Control-Allow-Methods"
    /// `Access-Control-Allow-Origin` (Fetch Standard).
    public static let accessControlAllowOrigin: HTTP.FieldName = "Access-Control-Allow-Origin"
    /// `Access-Control-Expose-Headers` (Fetch Standard).
    public static let accessControlExposeHeaders: HTTP.FieldName = "Access-Control-Expose-Headers"
    /// `Access-Control-Max-Age` (Fetch Standard).
    public static let accessControlMaxAge: HTTP.FieldName = "Access-Control-Max-Age"
    /// `Access-Control-Request-Headers` (Fetch Standard).
    public static let accessControlRequestHeaders: HTTP.FieldName = "Access-Control-Request-Headers"
    /// `Access-Control-Request-Method` (Fetch Standard).
    public static let accessControlRequestMethod: HTTP.FieldName = "Access-Control-Request-Method"
    /// `Age` (RFC 9111 §5.1).
    public static let age: HTTP.FieldName = "Age"
    /// `Allow` (RFC 9110 §10.2.1).
    public static let allow: HTTP.FieldName = "Allow"
    /// `Authorization` (RFC 9110 §11.6.2).
    public static let authorization: HTTP.FieldName = "Authorization"
    /// `Cache-Control` (RFC 9111 §5.2).
    public static let cacheControl: HTTP.FieldName = "Cache-Control"
    /// `Connection` (RFC 9110 §7.6.1).
    public static let connection: HTTP.FieldName = "Connection"
    /// `Content-Disposition` (RFC 6266 §4).
    public static let contentDisposition: HTTP.FieldName = "Content-Disposition"
    /// `Content-Encoding` (RFC 9110 §8.4).
    public static let contentEncoding: HTTP.FieldName = "Content-Encoding"
    /// `Content-Language` (RFC 9110 §8.5).
    public static let contentLanguage: HTTP.FieldName = "Content-Language"
    /// `Content-Length` (RFC 9110 §8.6).
    public static let contentLength: HTTP.FieldName = "Content-Length"
    /// `Content-Location` (RFC 9110 §8.7).
    public static let contentLocation: HTTP.FieldName = "Content-Location"
    /// `Content-Range` (RFC 9110 §14.4).
    public static let contentRange: HTTP.FieldName = "Content-Range"
    /// `Content-Security-Policy` (CSP Level 3).
    public static let contentSecurityPolicy: HTTP.FieldName = "Content-Security-Policy"
    /// `Content-Type` (RFC 9110 §8.3).
    public static let contentType: HTTP.FieldName = "Content-Type"
    /// `Cookie` (RFC 6265 §5.4).
    public static let cookie: HTTP.FieldName = "Cookie"
    /// `Date` (RFC 9110 §6.6.1).
    public static let date: HTTP.FieldName = "Date"
    /// `ETag` (RFC 9110 §8.8.3).
    public static let etag: HTTP.FieldName = "ETag"
    /// `Expect` (RFC 9110 §10.1.1).
    public static let expect: HTTP.FieldName = "Expect"
    /// `Expires` (RFC 9111 §5.3).
    public static let expires: HTTP.FieldName = "Expires"
    /// `Forwarded` (RFC 7239 §4).
    public static let forwarded: HTTP.FieldName = "Forwarded"
    /// `Host` (RFC 9110 §7.2).
    public static let host: HTTP.FieldName = "Host"
    /// `If-Match` (RFC 9110 §13.1.1).
    public static let ifMatch: HTTP.FieldName = "If-Match"
    /// `If-Modified-Since` (RFC 9110 §13.1.3).
    public static let ifModifiedSince: HTTP.FieldName = "If-Modified-Since"
    /// `If-None-Match` (RFC 9110 §13.1.2).
    public static let ifNoneMatch: HTTP.FieldName = "If-None-Match"
    /// `If-Range` (RFC 9110 §13.1.5).
    public static let ifRange: HTTP.FieldName = "If-Range"
    /// `If-Unmodified-Since` (RFC 9110 §13.1.4).
    public static let ifUnmodifiedSince: HTTP.FieldName = "If-Unmodified-Since"
    /// `Keep-Alive` (RFC 2068 §19.7.1).
    public static let keepAlive: HTTP.FieldName = "Keep-Alive"
    /// `Last-Modified` (RFC 9110 §8.8.2).
    public static let lastModified: HTTP.FieldName = "Last-Modified"
    /// `Link` (RFC 8288 §3).
    public static let link: HTTP.FieldName = "Link"
    /// `Location` (RFC 9110 §10.2.2).
    public static let location: HTTP.FieldName = "Location"
    /// `Max-Forwards` (RFC 9110 §7.6.2).
    public static let maxForwards: HTTP.FieldName = "Max-Forwards"
    /// `Origin` (RFC 6454 §7).
    public static let origin: HTTP.FieldName = "Origin"
    /// `Pragma` (RFC 9111 §5.4).
    public static let pragma: HTTP.FieldName = "Pragma"
    /// `Proxy-Authenticate` (RFC 9110 §11.7.1).
    public static let proxyAuthenticate: HTTP.FieldName = "Proxy-Authenticate"
    /// `Proxy-Authorization` (RFC 9110 §11.7.2).
    public static let proxyAuthorization: HTTP.FieldName = "Proxy-Authorization"
    /// `Range` (RFC 9110 §14.2).
    public static let range: HTTP.FieldName = "Range"
    /// `Referer` (RFC 9110 §10.1.3).
    public static let referer: HTTP.FieldName = "Referer"
    /// `Retry-After` (RFC 9110 §10.2.3).
    public static let retryAfter: HTTP.FieldName = "Retry-After"
    /// `Sec-Fetch-Site` (Fetch Metadata): how a request's initiator relates to its target; scripts cannot set it.
    public static let secFetchSite: HTTP.FieldName = "Sec-Fetch-Site"
    /// `Server` (RFC 9110 §10.2.4).
    public static let server: HTTP.FieldName = "Server"
    /// `Set-Cookie` (RFC 6265 §4.1).
    public static let setCookie: HTTP.FieldName = "Set-Cookie"
    /// `Strict-Transport-Security` (RFC 6797 §6.1).
    public static let strictTransportSecurity: HTTP.FieldName = "Strict-Transport-Security"
    /// `TE` (RFC 9110 §10.1.4).
    public static let te: HTTP.FieldName = "TE"
    /// `traceparent`: W3C Trace Context.
    public static let traceparent: HTTP.FieldName = "traceparent"
    /// `Trailer` (RFC 9110 §6.6.2).
    public static let trailer: HTTP.FieldName = "Trailer"
    /// `Transfer-Encoding` (RFC 9112 §6.1).
    public static let transferEncoding: HTTP.FieldName = "Transfer-Encoding"
    /// `Upgrade` (RFC 9110 §7.8).
    public static let upgrade: HTTP.FieldName = "Upgrade"
    /// `User-Agent` (RFC 9110 §10.1.5).
    public static let userAgent: HTTP.FieldName = "User-Agent"
    /// `Vary` (RFC 9110 §12.5.5).
    public static let vary: HTTP.FieldName = "Vary"
    /// `Via` (RFC 9110 §7.6.3).
    public static let via: HTTP.FieldName = "Via"
    /// `WWW-Authenticate` (RFC 9110 §11.6.1).
    public static let wwwAuthenticate: HTTP.FieldName = "WWW-Authenticate"
    /// `X-Api-Key`: by convention; holds a secret.
    public static let xAPIKey: HTTP.FieldName = "X-Api-Key"
    /// `X-Content-Type-Options` (Fetch Standard).
    public static let xContentTypeOptions: HTTP.FieldName = "X-Content-Type-Options"
    /// `X-Forwarded-For`: by convention, from a proxy; a client can forge it.
    public static let xForwardedFor: HTTP.FieldName = "X-Forwarded-For"
    /// `X-Forwarded-Host`: by convention, from a proxy; a client can forge it.
    public static let xForwardedHost: HTTP.FieldName = "X-Forwarded-Host"
    /// `X-Forwarded-Proto`: by convention, from a proxy; a client can forge it.
    public static let xForwardedProto: HTTP.FieldName = "X-Forwarded-Proto"
    /// `X-Request-Id`: by convention.
    public static let xRequestID: HTTP.FieldName = "X-Request-Id"
}

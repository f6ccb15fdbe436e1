/// Which fields may stand in a trailer section (RFC 9110 §6.5.1).
enum Trailers {
    /// Fields about framing, routing, authentication, or the treatment of the request or of its content.
    ///
    /// Read after the content, they would change what has been decided already.
    private static let forbidden: Set<HTTP.FieldName> = [
        .authorization, .cacheControl, .connection, .contentDisposition, .contentEncoding, .contentLanguage,
        .contentLength, .contentLocation, .contentRange, .contentType, .cookie, .expect, .forwarded, .host, .ifMatch,
        .ifModifiedSince, .ifNoneMatch, .ifRange, .ifUnmodifiedSince, .keepAlive, .maxForwards, .origin, .pragma,
        .proxyAuthenticate, .proxyAuthorization, .range, .setCookie, .te, .trailer, .transferEncoding, .upgrade,
        .wwwAuthenticate, .xAPIKey, .xForwardedFor, .xForwardedHost, .xForwardedProto,
    ]

    static func allows(_ name: Span<UInt8>) -> Bool {
        guard let name = try? HTTP.FieldName(validating: Octet.text(name)) else { return false }
        return !forbidden.contains(name)
    }

    /// The lines of a whole section that may stand there; `nil` if none is left.
    static func allowed(_ lines: [FieldLine], of section: Span<UInt8>) -> HTTP.Fields? {
        var kept: [FieldLine] = []
        for line in lines where allows(section.extracting(line.name.range)) { kept.append(line) }
        guard !kept.isEmpty else { return nil }
        return HTTP.Fields(octets: OctetBuffer(copying: section), lines: kept, roles: FieldRole.Set())
    }
}

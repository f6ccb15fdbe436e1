import ApusHTTP
public import ApusJOSE
import FoundationEssentials
import Synchronization

/// Publishes the public keys of a store, with which others verify its tokens: a JWK Set (RFC 7517 §5).
///
/// ```swift
/// Server("Login") {
///     JWKSRoute(keys)
/// }
/// ```
///
/// The set has the keys that sign, those that will, and those whose tokens are still accepted. Shared secrets are never in it.
public struct JWKSRoute: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// Where a client looks for keys unless it was told otherwise.
    public static let defaultPath = "/.well-known/jwks.json"

    /// - Parameters:
    ///   - keys: whose keys to publish.
    ///   - path: where.
    ///   - propagation: how long a new key is published before it signs, as in `KeyStore.rotate(every:overlap:propagation:)`. Caches
    ///     may keep the set for half as long, so that everybody knows a key by the time it signs.
    public init(
        _ keys: KeyStore, path: String = JWKSRoute.defaultPath, propagation: Duration = KeyStore.defaultPropagation,
        file: String = #fileID, line: UInt = #line
    ) {
        let document = JWKSDocument(keys, maximumAge: propagation / 2)
        routes = Get(path, file: file, line: line) { request in try document.response(to: request) }.routes
            .mapping { $0.keyStores = [keys] }
    }
}

/// The JWK Set of a store as it is sent; encoded anew only when it has changed.
final class JWKSDocument: Sendable {
    private struct Edition {
        let keySet: KeySet
        let span: Range<Date>
        let response: Response
        let tag: EntityTag
    }

    private static let contentType: Response.ContentType = "application/jwk-set+json"

    private let keys: KeyStore
    private let cacheControl: String
    private let edition = Mutex<Edition?>(nil)

    init(_ keys: KeyStore, maximumAge: Duration) {
        self.keys = keys
        cacheControl = "public, max-age=\(max(0, maximumAge.components.seconds))"
    }

    /// - Throws: `KeyError` when the store's keys cannot be written.
    func response(to request: Request) throws -> Response {
        let edition = try currentEdition()
        guard edition.tag.isKnown(to: request.headers) else { return edition.response }
        return Response(.notModified, headers: edition.response.headers)
    }

    private func currentEdition() throws -> Edition {
        let (keySet, now) = (keys.keySet, keys.clock())
        if let known = edition.withLock({ $0 }), known.keySet === keySet, known.span.contains(now) { return known }
        let octets = Array(try keySet.publicJWKSet(at: now).json().utf8)
        let tag = EntityTag(of: octets)
        var response = Response(octets: octets, contentType: Self.contentType)
        try response.headers.set(.etag, tag.description)
        try response.headers.set(.cacheControl, cacheControl)
        let new = Edition(keySet: keySet, span: now..<keySet.nextEnd(after: now), response: response, tag: tag)
        edition.withLock { $0 = new }
        return new
    }
}

extension KeySet {
    /// When the next of the keys ends: until then the same ones are accepted.
    fileprivate func nextEnd(after now: Date) -> Date {
        storedKeys.compactMap(\.schedule.acceptedUntil).filter { $0 > now }.min() ?? .distantFuture
    }
}

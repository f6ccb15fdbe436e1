public import ApusJOSE

/// Says whose a key is: for keys that a service looks up, or checks by rules of its own.
///
/// ```swift
/// struct PartnerKeys: APIKeyValidator {
///     func holder(of key: APIKey, in request: Request) async throws -> APIKeyHolder? {
///         try await database.partner(keyDigest: key.sha256).map { APIKeyHolder(name: $0.name) }
///     }
/// }
/// ```
public protocol APIKeyValidator: Sendable {
    /// Whose the key is; nil refuses.
    ///
    /// - Throws: only what prevents looking, such as a database out of reach; that is a 500, never a pass.
    nonisolated(nonsending) func holder(of key: APIKey, in request: Request) async throws -> APIKeyHolder?
}

/// Who holds a key, as the principal of the requests that have it.
public struct APIKeyHolder: Sendable {
    /// The principal's name; `ApiKeyClient` unless there is a better one.
    public var name: String

    /// What is known of the holder, for policies.
    public var claims: Claims

    /// The name of a holder of whom nothing more is known than that the key is good.
    public static let defaultName = "ApiKeyClient"

    /// Makes a holder.
    public init(name: String = APIKeyHolder.defaultName, claims: Claims = Claims()) {
        self.name = name
        self.claims = claims
    }
}

/// A closure in place of a type.
struct ClosureKeys: APIKeyValidator {
    let identify: nonisolated(nonsending) @Sendable (APIKey) async throws -> APIKeyHolder?

    func holder(of key: APIKey, in request: Request) async throws -> APIKeyHolder? { try await identify(key) }
}

/// Keys that are known when the server starts.
struct FixedKeys: APIKeyValidator {
    private let digests: [APIKey.Digest]

    /// - Throws: `StartError` when there are none, or one that no request can bring.
    init(_ keys: [String]) throws(StartError) {
        guard !keys.isEmpty else { throw StartError("Expected an API key, found none; nobody could get in.") }
        for (index, key) in keys.enumerated() where APIKeyPlaces.key(in: key) != .found(key) {
            throw StartError(
                """
                Expected API keys of 1 to \(APIKey.maximumOctets) octets without spaces at their ends and without control \
                characters; the \(keys.count == 1 ? "key" : "key number \(index + 1)") is not one that a request can bring.
                """)
        }
        digests = keys.map(APIKey.Digest.init)
    }

    /// All are compared, whichever it is.
    func holder(of key: APIKey, in request: Request) async throws -> APIKeyHolder? {
        let digest = key.digest
        let matching = digests.reduce(0) { $0 + (digest.matches($1) ? 1 : 0) }
        return matching == 0 ? nil : APIKeyHolder()
    }
}

/// Names one value in a request's context, and its type.
///
/// ```swift
/// enum TenantKey: RequestContextKey { typealias Value = Tenant }
/// request.context[TenantKey.self] = tenant
/// ```
public protocol RequestContextKey {
    associatedtype Value: Sendable
}

/// Typed values that travel with one request from middleware to handlers.
public struct RequestContext: Sendable {
    private var values: [ObjectIdentifier: any Sendable]?

    init() {}

    var isEmpty: Bool { values == nil }

    /// The value left under `key`; nil when there is none.
    public subscript<Key: RequestContextKey>(key: Key.Type) -> Key.Value? {
        get { values?[ObjectIdentifier(key)] as? Key.Value }
        set { values = (values ?? [:]).merging([ObjectIdentifier(key): newValue as any Sendable]) { $1 } }
    }
}

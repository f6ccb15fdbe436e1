public import ApusJOSE
public import FoundationEssentials

/// Somebody else who issues tokens for this service, such as an OpenID provider, known by its URL alone.
///
/// Its keys are found by its metadata (OpenID Connect Discovery 1.0, RFC 8414), fetched when the first token comes, and kept as
/// `RemoteKeySet` says. A server starts although its issuer is out of reach; a token that cannot be checked for that reason gets 503.
///
/// ```swift
/// let login = try RemoteIssuer("https://login.example")
/// let bearer = try BearerAuthentication("Bearer", issuer: login, audience: "https://orders.example")
/// server.background("keys of login.example") { _ in await login.keepFresh() }   // fetch before the first token comes
/// ```
public struct RemoteIssuer: KeySource {
    /// The issuer's URL, which its tokens carry in `iss`, octet for octet.
    public let issuer: String

    let clock: @Sendable () -> Date
    private let keys: RemoteKeySet
    private let discovering: DiscoveringFetcher

    /// - Parameters:
    ///   - issuer: the issuer's URL, with https, without query and fragment.
    ///   - fetcher: what speaks to the network; `HTTPSFetcher` unless given.
    ///   - limits: how much the keys may cost, and how long they are believed.
    ///   - allowInsecureHTTP: also takes an issuer with http, though only on this machine itself; for development.
    ///   - logger: is told about each fetch that fails, and at level debug about the others.
    ///   - clock: the time by which keys and tokens are measured.
    ///   - sleep: waits for a time, or throws when its task is cancelled.
    /// - Throws: `StartError` for text that cannot be an issuer's URL.
    public init(
        _ issuer: String, fetcher: (any KeySetFetcher)? = nil, limits: RemoteKeySet.Limits = RemoteKeySet.Limits(),
        allowInsecureHTTP: Bool = false, logger: Logger = Logger(label: "issuer"),
        clock: @escaping @Sendable () -> Date = { Date.now },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) throws(StartError) {
        guard !IssuerMetadata.addresses(of: issuer, allowInsecureHTTP: allowInsecureHTTP).isEmpty else {
            throw StartError(
                """
                Expected the URL of an issuer with https, without user, query and fragment, found '\(EchoedText(issuer))'. \
                With allowInsecureHTTP an issuer on this machine may have http.
                """)
        }
        let network = fetcher ?? HTTPSFetcher(allowInsecureHTTP: allowInsecureHTTP)
        discovering = DiscoveringFetcher(
            issuer: issuer, allowInsecureHTTP: allowInsecureHTTP, limits: limits, fetcher: network, clock: clock)
        do {
            keys = try RemoteKeySet(
                issuer, fetcher: discovering, limits: limits, allowInsecureHTTP: allowInsecureHTTP, clock: clock,
                sleep: sleep, onEvent: logger.log)
        } catch {
            throw StartError(error.description)
        }
        self.issuer = issuer
        self.clock = clock
    }

    /// The issuer's keys, as far as they are known.
    public func keySet(forIssuer issuer: String?) -> KeySet? { keys.keySet(forIssuer: issuer) }

    /// Whether the issuer's keys are out of reach.
    public func lacksKeys(ofIssuer issuer: String?) -> Bool { keys.lacksKeys(ofIssuer: issuer) }

    /// Fetches the issuer's keys, as `RemoteKeySet.refresh(_:)` does.
    public func refresh(_ reason: KeyRefreshReason) async -> Bool { await keys.refresh(reason) }

    /// Fetches the keys at once, and again before they are too old; returns when its task is cancelled.
    ///
    /// With it beside the server, as `Server.background(_:_:)`, no request waits for keys, except for one with a key that is new.
    public func keepFresh() async { await keys.keepFresh() }

    /// What the issuer publishes about itself, fetched with the keys when it is not known yet or has grown old; nil when it is out of reach.
    func metadata() async -> IssuerMetadata? {
        _ = await keys.refresh(.age)
        return discovering.metadata
    }
}

/// Fetches a JWK Set over the network, for a `RemoteKeySet`, which does no input or output of its own.
public protocol KeySetFetcher: Sendable {
    /// Sends one GET request and reads its answer.
    ///
    /// It follows redirects to https alone, verifies the server's certificate, ends when its task is cancelled, and
    /// stops reading after the request's limit.
    /// - Throws: anything when there is no whole answer; a status other than 200 is an answer.
    func fetch(_ request: KeySetRequest) async throws -> KeySetAnswer
}

/// What a `RemoteKeySet` asks its fetcher for.
public struct KeySetRequest: Hashable, Sendable {
    /// The address of the set, which begins with `https://`.
    public let url: String
    /// The entity tag of the set that is known, to send in If-None-Match; nil when none is known.
    public let entityTag: String?
    /// How many octets of content the fetcher reads at most; one more makes the answer useless.
    public let maximumOctets: Int
    /// How long the fetch may take in all; its task is cancelled then.
    public let timeLimit: Duration

    /// A request from its parts; the limits are those of `RemoteKeySet.Limits` unless given.
    public init(
        url: String, entityTag: String? = nil, maximumOctets: Int = RemoteKeySet.Limits().octets,
        timeLimit: Duration = RemoteKeySet.Limits().time
    ) {
        self.url = url
        self.entityTag = entityTag
        self.maximumOctets = maximumOctets
        self.timeLimit = timeLimit
    }
}

/// What a server answered to a `KeySetRequest`.
public struct KeySetAnswer: Hashable, Sendable {
    /// The status: 200 with a set, or 304 when the known one still holds; others are failures.
    public var status: Int
    /// The content.
    public var body: [UInt8]
    /// The field ETag as it was sent, or nil.
    public var entityTag: String?
    /// `max-age` of the field Cache-Control, or nil.
    public var maximumAge: Duration?

    /// An answer from its parts.
    public init(status: Int, body: [UInt8], entityTag: String? = nil, maximumAge: Duration? = nil) {
        self.status = status
        self.body = body
        self.entityTag = entityTag
        self.maximumAge = maximumAge
    }
}

import Apus
import Foundation
import Synchronization

/// Another service that issues tokens, with its documents in memory: a test moves them, breaks them and counts who asks.
final class OtherService: KeySetFetcher {
    struct Unreachable: Error {}

    static let issuer = "https://login.example"
    static let openID = issuer + "/.well-known/openid-configuration"
    static let oauth = issuer + "/.well-known/oauth-authorization-server"
    static let keySet = issuer + "/keys"

    let keys: KeyStore
    private let documents = Mutex<[String: KeySetAnswer]>([:])
    private let asked = Mutex<[KeySetRequest]>([])
    private let reachable = Mutex(true)

    init(algorithm: SignatureAlgorithm = .es256) throws {
        keys = try KeyStore(.generated(algorithm))
        place(Self.metadata(), at: Self.openID)
    }

    static func metadata(issuer: String = issuer, keySet: String = keySet) -> String {
        #"{"issuer":"\#(issuer)","jwks_uri":"\#(keySet)"}"#
    }

    /// Which documents were asked for, in order.
    var requests: [KeySetRequest] { asked.withLock { $0 } }

    func place(_ text: String?, at url: String, entityTag: String? = nil, maximumAge: Duration? = nil) {
        documents.withLock {
            $0[url] = text.map {
                KeySetAnswer(status: 200, body: Array($0.utf8), entityTag: entityTag, maximumAge: maximumAge)
            }
        }
    }

    func isReachable(_ isReachable: Bool) { reachable.withLock { $0 = isReachable } }

    func fetch(_ request: KeySetRequest) async throws -> KeySetAnswer {
        asked.withLock { $0.append(request) }
        guard reachable.withLock({ $0 }) else { throw Unreachable() }
        if let placed = documents.withLock({ $0[request.url] }) {
            return placed.entityTag != nil && placed.entityTag == request.entityTag
                ? KeySetAnswer(status: 304, body: []) : placed
        }
        guard request.url == Self.keySet else { return KeySetAnswer(status: 404, body: []) }
        let set = try keys.keySet.publicJWKSet(at: Date.now).json()
        return KeySetAnswer(status: 200, body: Array(set.utf8))
    }

    /// What its access tokens have in common (RFC 9068 §2).
    var tokens: JWTBuilder {
        JWTBuilder(keys: keys).issuer(Self.issuer).audience("orders").subject("ada").accessToken(clientID: "shop")
    }

    /// What the other service is to a server that knows its URL; without a pause between fetches unless given.
    func issuer(cooldown: Duration = .zero, log: any LogDestination = CollectedLog()) throws -> RemoteIssuer {
        var limits = RemoteKeySet.Limits()
        limits.cooldown = cooldown
        return try RemoteIssuer(
            Self.issuer, fetcher: self, limits: limits, logger: Logger(label: "issuer", level: .trace, destination: log)
        )
    }
}

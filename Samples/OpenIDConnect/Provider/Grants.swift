import Apus
import Foundation

/// A service that lets its users sign in here.
struct Client: Sendable {
    let id: String
    let secret: String
    /// The keys with which it signs who it is, in place of the secret.
    var keys: KeyStore?
    /// The one address to which codes are sent.
    let redirectURI: String
    let postLogoutRedirectURI: String
    var accessTokenLifetime: Duration = .seconds(300)
}

/// That a user has signed in for a client.
struct Grant: Sendable {
    /// Names the sign-in: what was issued for it ends together.
    let id: String
    let clientID: String
    let redirectURI: String
    let challenge: String
    let nonce: String?
    let scopes: [String]
    let user: String
    let authenticated: Date
}

/// The clients, and the codes and refresh tokens that were issued; in memory, since this is a sample.
actor Grants {
    /// What a text is good for, and for how many seconds.
    enum Kind: TimeInterval {
        case code = 60
        case refreshToken = 86_400
    }

    private struct Issued {
        let kind: Kind
        let grant: Grant
        let expires: Date
        var isUsed = false
    }

    private static let maximumCount = 10_000

    private let clock: @Sendable () -> Date
    private var clients: [String: Client] = [:]
    private var issued: [String: Issued] = [:]
    private var assertions: [String: Date] = [:]

    init(clock: @escaping @Sendable () -> Date = { Date.now }) {
        self.clock = clock
    }

    func register(_ client: Client) {
        clients[client.id] = client
    }

    func client(_ id: String?) -> Client? {
        id.flatMap { clients[$0] }
    }

    /// A text that stands for the grant until it is redeemed.
    ///
    /// - Throws: `Problem` 503 when there are too many of them.
    func issue(_ kind: Kind, for grant: Grant) throws -> String {
        let now = clock()
        if issued.count >= Self.maximumCount { issued = issued.filter { $0.value.expires > now } }
        guard issued.count < Self.maximumCount else { throw Problem(.serviceUnavailable, "Try again later.") }
        let text = try Self.random()
        issued[text] = Issued(kind: kind, grant: grant, expires: now + kind.rawValue)
        return text
    }

    /// What a code or a refresh token stands for; each counts once (RFC 6749 §4.1.2, RFC 9700 §4.14.2).
    ///
    /// One that comes a second time may have been stolen, so everything from that sign-in ends.
    func redeem(_ kind: Kind, _ text: String?) -> Grant? {
        guard let text, let found = issued[text], found.kind == kind, found.expires > clock() else { return nil }
        guard !found.isUsed else {
            issued = issued.filter { $0.value.grant.id != found.grant.id }
            return nil
        }
        issued[text]?.isUsed = true
        return found.grant
    }

    /// Whether an assertion was not seen before; each counts once (RFC 7523 §3).
    func isFirstUse(ofAssertion id: String, until end: Date) -> Bool {
        let now = clock()
        assertions = assertions.filter { $0.value > now }
        guard assertions[id] == nil, assertions.count < Self.maximumCount else { return false }
        assertions[id] = end
        return true
    }

    /// 256 bits that nobody can guess.
    static func random() throws -> String { try CodeVerifier().text }
}

import ApusJOSE
import FoundationEssentials

/// What a sealed cookie says: who signed in and when, and until when that counts.
struct CookieTicket: Sendable {
    /// The same for all tickets that follow each other from one sign-in, so that signing out ends them all.
    let id: String
    let name: String
    let claims: Claims
    let signedIn: Date
    let issued: Date
    let expires: Date

    /// A ticket for somebody who has just signed in.
    init(id: String, name: String, claims: Claims, at now: Date, life: CookieLife) {
        self.init(id: id, name: name, claims: claims, signedIn: now, issued: now, life: life)
    }

    private init(id: String, name: String, claims: Claims, signedIn: Date, issued: Date, life: CookieLife) {
        self.id = id
        self.name = name
        self.claims = claims
        self.signedIn = signedIn
        self.issued = issued
        expires = life.end(issued: issued, signedIn: signedIn)
    }

    /// The ticket that takes the place of this one when more is known of its user; it ends when this one would.
    func with(name: String, claims: Claims) -> CookieTicket {
        CookieTicket(replacing: self, name: name, claims: claims)
    }

    private init(replacing ticket: CookieTicket, name: String, claims: Claims) {
        id = ticket.id
        self.name = name
        self.claims = claims
        signedIn = ticket.signedIn
        issued = ticket.issued
        expires = ticket.expires
    }

    /// Whose tickets `KeyStore.revoke(subject:issuedBefore:until:)` ends: the claim `sub`, or else the name.
    var subject: String { claims.subject ?? name }

    /// The ticket that takes the place of this one; nil while it is in the first half of its life or could not be
    /// longer.
    func renewed(at now: Date, life: CookieLife) -> CookieTicket? {
        guard now < expires, now.timeIntervalSince(issued) > expires.timeIntervalSince(issued) / 2 else { return nil }
        let renewed = CookieTicket(id: id, name: name, claims: claims, signedIn: signedIn, issued: now, life: life)
        return renewed.expires > expires ? renewed : nil
    }

    /// Whether the ticket counts at an instant; one from a clock that is far ahead does not.
    func isCurrent(at now: Date) -> Bool {
        now < expires && signedIn <= now.addingTimeInterval(Self.clockSkew)
    }

    /// How far the clocks of processes that share keys may differ, in seconds.
    static let clockSkew: TimeInterval = 60
}

/// How long tickets live.
struct CookieLife: Sendable {
    let lifetime: Duration
    let isSliding: Bool
    let maximum: Duration?

    func end(issued: Date, signedIn: Date) -> Date {
        let end = issued.addingTimeInterval(lifetime / .seconds(1))
        guard let maximum else { return end }
        return min(end, signedIn.addingTimeInterval(maximum / .seconds(1)))
    }
}

extension CookieTicket {
    /// The ticket as it is sealed: instants are milliseconds since 1970.
    var octets: [UInt8] {
        let members: JSONValue = [
            "id": .string(id), "name": .string(name), "in": Self.number(signedIn), "at": Self.number(issued),
            "end": Self.number(expires), "claims": .object(claims.members),
        ]
        return members.serialized()
    }

    /// Reads what was sealed; nil for anything else, which only an older or newer version of the program can have
    /// sealed.
    init?(octets: [UInt8]) {
        guard let members = try? JSONValue.parse(octets), let id = members["id"]?.string,
            let name = members["name"]?.string, let signedIn = Self.date(members["in"]),
            let issued = Self.date(members["at"]), let expires = Self.date(members["end"]),
            let claims = members["claims"]?.object
        else { return nil }
        self.id = id
        self.name = name
        self.claims = Claims(claims)
        self.signedIn = signedIn
        self.issued = issued
        self.expires = expires
    }

    private static func number(_ date: Date) -> JSONValue {
        JSONValue(integerLiteral: Int(date.timeIntervalSince1970 * 1_000))
    }

    private static func date(_ value: JSONValue?) -> Date? {
        value?.int.map { Date(timeIntervalSince1970: Double($0) / 1_000) }
    }
}

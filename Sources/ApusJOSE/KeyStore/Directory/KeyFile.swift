import ApusCrypto
import FoundationEssentials

/// One key as it stands in a directory: `NAME.jwk.json`, or `NAME.pem` with its dates in `NAME.pem.dates.json`.
enum KeyFile {
    static let jwkSuffix = ".jwk.json"
    static let pemSuffix = ".pem"
    static let datesSuffix = ".dates.json"
    static let datesMember = "apus"
    private static let longestLifetimeMember = "longestLifetime"
    static let revocations = "revocations.json"

    static func isKey(_ name: String) -> Bool {
        !name.hasPrefix(".") && (name.hasSuffix(jwkSuffix) || name.hasSuffix(pemSuffix))
    }

    static func isRelevant(_ name: String) -> Bool {
        isKey(name) || name == revocations || (!name.hasPrefix(".") && name.hasSuffix(pemSuffix + datesSuffix))
    }

    /// Identifiers that are safe as they are name their file; others are hashed, behind a mark.
    static func name(forKid kid: String) -> String {
        let isSafe = kid.utf8.allSatisfy { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isSafe && (1...128).contains(kid.utf8.count) ? kid + jwkSuffix : markedName(forKid: kid)
    }

    static func markedName(forKid kid: String) -> String {
        "kid=" + Base64URL.encode(DigestAlgorithm.digest(.sha256, kid.utf8.span)) + jwkSuffix
    }

    /// The object of a file that must hold one.
    static func object(_ octets: SecretBytes, in file: String) throws(KeyStoreError) -> JSONObject {
        do throws(JSONParsingError) {
            let value = try octets.withBytes { (octets) throws(JSONParsingError) in try JSONValue.parse(octets) }
            if case .object(let object) = value { return object }
        } catch {
            throw .fileInvalid(file, reason: "\(error)")
        }
        throw .fileInvalid(file, reason: "expected a JSON object")
    }

    /// The dates in `apus`, or nil when the object has none.
    static func schedule(in object: JSONObject, of file: String) throws(KeyStoreError) -> KeySchedule? {
        guard let member = object[datesMember] else { return nil }
        guard case .object(let dates) = member else {
            throw .fileInvalid(file, reason: "the member 'apus' is not an object")
        }
        func date(_ name: String) throws(KeyStoreError) -> Date? {
            guard let value = dates[name], !value.isNull else { return nil }
            guard let date = NumericDate(value) else {
                throw .fileInvalid(file, reason: "'\(name)' in 'apus' is not a number of seconds")
            }
            return date.date
        }
        let lifetime = try date(longestLifetimeMember)?.timeIntervalSince1970.rounded(.up)
        guard lifetime ?? 0 >= 0 else {
            throw .fileInvalid(file, reason: "'\(longestLifetimeMember)' in 'apus' is less than zero")
        }
        return KeySchedule(
            activeFrom: try date("activeFrom"), retiredFrom: try date("retiredFrom"),
            acceptedUntil: try date("acceptedUntil"), revokedAt: try date("revokedAt"),
            longestLifetime: lifetime.map { Int($0) })
    }

    /// The object with these dates in `apus`; members that this does not know stay.
    static func object(_ object: JSONObject, with schedule: KeySchedule) -> JSONObject {
        var object = object
        var dates = object[datesMember]?.object ?? JSONObject()
        func set(_ name: String, _ date: Date?) {
            dates[name] = date.flatMap { JSONNumber($0.timeIntervalSince1970) }.map(JSONValue.number)
        }
        set("activeFrom", schedule.activeFrom)
        set("retiredFrom", schedule.retiredFrom)
        set("acceptedUntil", schedule.acceptedUntil)
        set("revokedAt", schedule.revokedAt)
        dates[longestLifetimeMember] = schedule.longestLifetime.map { .number(JSONNumber($0)) }
        object[datesMember] = .object(dates)
        return object
    }
}

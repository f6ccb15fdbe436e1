import ApusCrypto
import FoundationEssentials

/// The revoked tokens, subjects and foreign keys of a directory, as JSON with instants in seconds since 1970.
enum RevocationFile {
    /// 100,000 identifiers of the length that identifiers have; not the limit of a key's file.
    static let maximumOctets = 32 << 20

    static func octets(_ revocations: Revocations) -> [UInt8] {
        var tokens = JSONObject()
        for (identifier, until) in revocations.tokens.sorted(by: { $0.key < $1.key }) {
            tokens[identifier] = seconds(until)
        }
        var subjects = JSONObject()
        for (subject, revocation) in revocations.subjects.sorted(by: { $0.key < $1.key }) {
            subjects[subject] = [
                "issuedBefore": seconds(revocation.issuedBefore), "until": seconds(revocation.until),
            ]
        }
        var keys = JSONObject()
        for (kid, until) in revocations.keys.sorted(by: { $0.key < $1.key }) { keys[kid] = seconds(until) }
        return JSONValue.object(["tokens": .object(tokens), "subjects": .object(subjects), "keys": .object(keys)])
            .serialized()
    }

    static func revocations(_ octets: SecretBytes, limit: Int) throws(KeyStoreError) -> Revocations {
        let object = try KeyFile.object(octets, in: KeyFile.revocations)
        let tokens = object["tokens"]?.object?.members ?? []
        let subjects = object["subjects"]?.object?.members ?? []
        let keys = object["keys"]?.object?.members ?? []
        guard tokens.count + subjects.count + keys.count <= limit else { throw .revocationsFull(limit: limit) }
        var revocations = Revocations()
        for token in tokens { revocations.revoke(tokenID: token.name, until: try date(token.value)) }
        for subject in subjects {
            revocations.revoke(
                subject: subject.name,
                Revocations.Subject(
                    issuedBefore: try date(subject.value["issuedBefore"]), until: try date(subject.value["until"])))
        }
        for key in keys { revocations.revoke(kid: key.name, until: try date(key.value)) }
        return revocations
    }

    private static func seconds(_ date: Date) -> JSONValue {
        date.timeIntervalSince1970.jsonValue
    }

    private static func date(_ value: JSONValue?) throws(KeyStoreError) -> Date {
        guard let value, let date = NumericDate(value) else {
            throw .fileInvalid(KeyFile.revocations, reason: "an instant is not a number of seconds since 1970")
        }
        return date.date
    }
}

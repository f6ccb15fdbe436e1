/// The header of one recipient: what is protected, what all recipients share, and what is this one's (RFC 7516 §4).
struct JWEHeader: Sendable {
    let protected: JSONObject
    /// All members together; their names are disjoint.
    let members: JSONObject

    /// - Throws: `JWEError.malformed` when two parts have one name or a registered parameter has the wrong type.
    init(protected: JSONObject, shared: JSONObject = [:], own: JSONObject = [:]) throws(JWEError) {
        var members = protected
        for member in shared.members + own.members {
            guard members.insert(member.name, member.value) else { throw .malformed }
        }
        for name in ["alg", "enc", "kid", "typ", "cty"] {
            if let value = members[name], value.string == nil { throw .malformed }
        }
        self.protected = protected
        self.members = members
    }

    var algorithm: String { members["alg"]?.string ?? "" }
    var encryption: String { members["enc"]?.string ?? "" }
    var kid: String? { members["kid"]?.string }

    /// Refuses what would change how the message is read.
    func checkExtensions(understanding names: Set<String>) throws(JWEError) {
        // Compressed text tells its length, and a small message can unfold to a large one (RFC 8725 §3.6).
        if members["zip"] != nil { throw .headerNotSupported("zip") }
        guard let critical = members["crit"] else { return }
        guard
            Self.isCritical(
                critical, in: protected,
                understood: { name in
                    names.contains { $0.hasSameOctets(as: name) }
                })
        else { throw .headerNotSupported("crit") }
    }

    /// Whether `crit` is what RFC 7515 §4.1.11 allows: names of protected parameters, none registered, none twice.
    static func isCritical(
        _ value: JSONValue,
        in protected: JSONObject,
        understood: (String) -> Bool = { _ in true }
    ) -> Bool {
        guard protected["crit"] != nil, let values = value.array, !values.isEmpty else { return false }
        var seen: Set<String> = []
        return values.allSatisfy { value in
            guard let name = value.string else { return false }
            return protected[name] != nil && !registeredNames.contains(name) && understood(name)
                && seen.insert(name).inserted
        }
    }

    /// RFC 7516 §4.1 and RFC 7518 §4.1.
    private static let registeredNames: Set<String> = [
        "alg", "enc", "zip", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "epk", "apu",
        "apv", "iv", "tag", "p2s", "p2c",
    ]

    /// What the key decides about; a caller cannot set it.
    static let reservedNames = ["alg", "enc", "kid", "zip", "epk", "iv", "tag", "p2s", "p2c"]

    /// The octets that a parameter encodes, or nil when it is not there.
    func octets(_ name: String, maximum: Int = 512) throws(JWEError) -> [UInt8]? {
        guard let value = members[name] else { return nil }
        guard let text = value.string, text.utf8.count <= Base64URL.encodedCount(maximum),
            let octets = try? Base64URL.decode(text)
        else { throw .headerParameterInvalid(name) }
        return octets
    }
}

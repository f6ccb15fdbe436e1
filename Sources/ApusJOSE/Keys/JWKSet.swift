/// Keys that belong together, such as those of one issuer (RFC 7517 §5).
public struct JWKSet: Sendable {
    /// More keys than this are refused, or each token without `kid` would cost as many looks.
    public static let maximumCount = 100
    /// A longer text than this is refused unread, in octets.
    public static let maximumTextBytes = 524_288

    /// The keys that can be used here, in their order.
    public let keys: [JWK]
    /// The keys that were left out, by their positions in the text from 0, with the reasons.
    ///
    /// A set may hold keys for others, of kinds or with members that are not known here (RFC 7517 §5).
    public let ignored: [(position: Int, error: KeyError)]

    /// Puts keys together.
    ///
    /// - Throws: `KeyError.tooManyKeys`, and `KeyError.kidTaken` when two keys have one identifier.
    public init(_ keys: [JWK]) throws(KeyError) {
        try self.init(keys, ignored: [])
    }

    /// Reads the JSON text of a JWK Set and leaves out the keys that cannot be used.
    ///
    /// - Throws: `KeyError` when the text is no JWK Set, is too long, has too many keys or one identifier twice. A key
    ///   that cannot be used is no error of the set; see `ignored`.
    public init(json: String) throws(KeyError) {
        try self.init(json: json, allowsRepeatedIdentifiers: false)
    }

    /// - Parameter allowsRepeatedIdentifiers: for the sets of others, where one key too many must not take all others along
    ///   (RFC 7517 §4.5 only recommends that identifiers differ).
    init(json: String, allowsRepeatedIdentifiers: Bool) throws(KeyError) {
        let utf8 = json.utf8
        guard utf8.count <= Self.maximumTextBytes else { throw .textTooLong(limit: Self.maximumTextBytes) }
        let value: JSONValue
        do {
            value = try JSONValue.parse(utf8.span)
        } catch {
            throw .jsonMalformed(error)
        }
        guard let elements = value["keys"]?.array else { throw .memberInvalid("keys", expected: "an array of JWKs") }
        guard elements.count <= Self.maximumCount else { throw .tooManyKeys(limit: Self.maximumCount) }
        var keys: [JWK] = []
        var ignored: [(position: Int, error: KeyError)] = []
        for (position, element) in elements.enumerated() {
            do throws(KeyError) {
                guard case .object(let object) = element else {
                    throw .memberInvalid("keys", expected: "an array of JWKs")
                }
                keys.append(try JWK(object))
            } catch {
                ignored.append((position, error))
            }
        }
        try self.init(keys, ignored: ignored, allowsRepeatedIdentifiers: allowsRepeatedIdentifiers)
    }

    private init(
        _ keys: [JWK], ignored: [(position: Int, error: KeyError)], allowsRepeatedIdentifiers: Bool = false
    ) throws(KeyError) {
        guard keys.count <= Self.maximumCount else { throw .tooManyKeys(limit: Self.maximumCount) }
        var kids: Set<String> = []
        for kid in keys.compactMap(\.kid) where !allowsRepeatedIdentifiers {
            guard kids.insert(kid).inserted else { throw .kidTaken(kid) }
        }
        self.keys = keys
        self.ignored = ignored
    }

    /// The key with exactly this identifier, or nil.
    public func key(for kid: String) -> JWK? {
        keys.first { $0.kid?.hasSameOctets(as: kid) == true }
    }

    /// What verifies signatures under the asymmetric keys of the set; keys for other uses and shared secrets are left out.
    public var verificationKeys: [VerificationKey] {
        keys.compactMap { key in key.publicJWK.flatMap { try? VerificationKey($0) } }
    }

    /// The set as JSON text, as servers publish it: public parts only, and nothing of shared secrets.
    public func json() -> String {
        let objects = keys.compactMap { key in (try? key.object()).map(JSONValue.object) }
        return JSONValue.object(["keys": .array(objects)]).description
    }
}

extension JWK {
    /// The members of RFC 7517 §4 in a JWK, each of the right type and in agreement with the others.
    struct Metadata {
        private(set) var kid: String?
        private(set) var algorithm: String?
        private(set) var use: Use?
        private(set) var operations: [Operation]?

        init(_ object: JSONObject) throws(KeyError) {
            kid = try Self.string("kid", in: object)
            if let kid, !(1...256).contains(kid.utf8.count) { throw .kidLengthInvalid(octets: kid.utf8.count) }
            algorithm = try Self.string("alg", in: object)
            if let name = try Self.string("use", in: object) {
                guard let use = Use.allCases.first(where: { name.hasSameOctets(as: $0.rawValue) }) else {
                    throw .memberInvalid("use", expected: "'sig' or 'enc'")
                }
                self.use = use
            }
            operations = try Self.operations(in: object)
            try JWK.check(use, against: operations)
        }

        static func string(_ name: String, in object: JSONObject) throws(KeyError) -> String? {
            guard let value = object[name] else { return nil }
            guard let string = value.string else { throw .memberInvalid(name, expected: "a string") }
            return string
        }

        // Operations that are not known here are passed over, as RFC 7517 §4.3 allows others.
        private static func operations(in object: JSONObject) throws(KeyError) -> [Operation]? {
            guard let value = object["key_ops"] else { return nil }
            let expected = "an array of strings, each once"
            guard let elements = value.array else { throw .memberInvalid("key_ops", expected: expected) }
            guard elements.allSatisfy({ $0.string != nil }), Set(elements).count == elements.count else {
                throw .memberInvalid("key_ops", expected: expected)
            }
            return elements.compactMap { element in
                Operation.allCases.first { element.string?.hasSameOctets(as: $0.rawValue) == true }
            }
        }
    }

    /// RFC 7517 §4.3: `use` and `key_ops` must say the same when both are there.
    static func check(_ use: Use?, against operations: [Operation]?) throws(KeyError) {
        guard let use, let operations else { return }
        for operation in operations where operation.use != use {
            throw .useContradictsOperations(use, operation)
        }
    }

    /// The members of RFC 7517 §4 that this key has, certificates included.
    func metadataMembers() -> JSONObject {
        var members = JSONObject()
        members["kid"] = kid.map(JSONValue.string)
        members["alg"] = algorithm.map(JSONValue.string)
        members["use"] = use.map { .string($0.rawValue) }
        members["key_ops"] = operations.map { .array($0.map { .string($0.rawValue) }) }
        if !certificateChain.isEmpty {
            members["x5c"] = .array(certificateChain.map { .string(CertificateChain.text($0)) })
            members["x5t#S256"] = certificateThumbprint.map(JSONValue.string)
        }
        return members
    }
}

extension JWK.Operation {
    /// The use to which the operation belongs.
    var use: JWK.Use {
        switch self {
        case .sign, .verify: .signature
        case .encrypt, .decrypt, .wrapKey, .unwrapKey, .deriveKey, .deriveBits: .encryption
        }
    }
}

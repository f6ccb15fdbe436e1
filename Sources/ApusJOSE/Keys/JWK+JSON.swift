import ApusCrypto

extension JWK {
    /// The length of a JWK's text in octets that is still read: an RSA key of 16,384 bits with ten certificates fits.
    static let maximumTextBytes = 131_072

    /// Reads the JSON text of one JWK, strictly.
    ///
    /// Refused are text that is no canonical Base64url, numbers and coordinates of another width than RFC 7518 §6
    /// gives them, a member that is there twice, a private part that is incomplete or belongs to another key, RSA keys
    /// of more than two primes, and what contradicts itself in `use`, `key_ops`, `alg` and `x5c`.
    /// - Throws: `KeyError` with the first reason against the key.
    public init(json: String) throws(KeyError) {
        let utf8 = json.utf8
        guard utf8.count <= Self.maximumTextBytes else { throw .textTooLong(limit: Self.maximumTextBytes) }
        let value: JSONValue
        do {
            value = try JSONValue.parse(utf8.span)
        } catch {
            throw .jsonMalformed(error)
        }
        guard case .object(let object) = value else { throw .memberMissing("kty") }
        try self.init(object)
    }

    /// Reads one JWK from a JSON object, as strictly as `init(json:)` does.
    ///
    /// - Throws: `KeyError` with the first reason against the key.
    public init(_ object: JSONObject) throws(KeyError) {
        let metadata = try Metadata(object)
        let material = try KeyMaterial(JWKReader(object))
        let chain = try CertificateChain(object)
        try chain?.check(isFor: material)
        try self.init(material, certificateChain: chain?.der ?? [])
        kid = metadata.kid
        algorithm = metadata.algorithm
        use = metadata.use
        operations = metadata.operations
        // A name from another registry than that of signatures is for whoever encrypts to judge.
        if let algorithm, let signature = SignatureAlgorithm.named(algorithm) { try signature.check(kind) }
    }

    /// The key as a JWK, without its private part unless said otherwise.
    ///
    /// What is made with private parts is as secret as the key, and in memory that is not wiped.
    /// - Throws: `KeyError.secretHasNoPublicPart` for a shared secret without private parts.
    public func object(includingPrivateParts: Bool = false) throws(KeyError) -> JSONObject {
        guard includingPrivateParts else {
            guard let publicJWK else { throw .secretHasNoPublicPart }
            return publicJWK.members(with: [:])
        }
        return members(with: try material.privateMembers())
    }

    private func members(with privateMembers: JSONObject) -> JSONObject {
        var members = publicMembers
        for member in privateMembers.members + metadataMembers().members { members[member.name] = member.value }
        return members
    }

    /// The key as the JSON text of a JWK, without its private part unless said otherwise.
    ///
    /// What is made with private parts is as secret as the key, and in memory that is not wiped.
    /// - Throws: `KeyError.secretHasNoPublicPart` for a shared secret without private parts.
    public func json(includingPrivateParts: Bool = false) throws(KeyError) -> String {
        JSONValue.object(try object(includingPrivateParts: includingPrivateParts)).description
    }
}

extension KeyMaterial {
    /// Reads the members of RFC 7518 §6 and RFC 8037 §2.
    init(_ reader: JWKReader) throws(KeyError) {
        let type = try reader.string("kty")
        switch type {
        case "RSA":
            let components = try reader.rsaComponents()
            try self.init { () throws(KeyMaterialError) in try AsymmetricKey(rsa: components) }
        case "EC":
            let components = try reader.ecComponents()
            try self.init { () throws(KeyMaterialError) in try AsymmetricKey(ec: components) }
        case "OKP":
            let components = try reader.okpComponents()
            try self.init { () throws(KeyMaterialError) in try AsymmetricKey(okp: components) }
        case "oct":
            let secret = try reader.secret("k")
            guard secret.count > 0 else { throw .secretEmpty }
            try self.init(secret: secret)
        default:
            throw .keyTypeNotSupported(type)
        }
    }
}

/// A signature of a message with its two headers, before anything but their form was checked.
struct ReceivedSignature {
    /// The protected header, empty when there is none.
    let header: JOSEHeader
    let unprotectedHeader: JSONObject
    private let protected: [UInt8]
    private let signature: [UInt8]

    /// - Throws: `JWSError.malformed`, and `JWSError.headerRepeated` when the headers share a name (RFC 7515 §4).
    init(
        protected: [UInt8], unprotectedHeader: JSONObject = [:], signature: [UInt8]
    ) throws(JWSError) {
        self.protected = protected
        self.unprotectedHeader = unprotectedHeader
        do {
            self.signature = try Base64URL.decode(signature.span)
        } catch {
            throw .malformed
        }
        header = JOSEHeader(protected.isEmpty ? [:] : try Self.object(protected))
        for name in unprotectedHeader.names where header[name] != nil { throw .headerRepeated(name) }
        // Both say how the rest is to be read, so nobody on the way may write them.
        for name in ["crit", "b64"] where unprotectedHeader[name] != nil { throw .headerNotProtected(name) }
        for name in ["alg", "kid"] {
            if let value = parameter(name), value.string == nil { throw .malformed }
        }
    }

    /// Reads the signatures of the general serialisation (RFC 7515 §7.2.1) or the one of the flattened (§7.2.2).
    static func all(in message: JSONObject) throws(JWSError) -> [ReceivedSignature] {
        guard let value = message["signatures"] else { return [try ReceivedSignature(message)] }
        for name in ["protected", "header", "signature"] where message[name] != nil { throw .malformed }
        guard let elements = value.array, !elements.isEmpty else { throw .malformed }
        guard elements.count <= JWS.maximumSignatures else { throw .tooManySignatures(limit: JWS.maximumSignatures) }
        var signatures: [ReceivedSignature] = []
        for element in elements {
            guard case .object(let members) = element else { throw .malformed }
            signatures.append(try ReceivedSignature(members))
        }
        return signatures
    }

    private init(_ members: JSONObject) throws(JWSError) {
        guard let signature = members["signature"]?.string, !signature.isEmpty else { throw .malformed }
        var protected = ""
        if let value = members["protected"] {
            // RFC 7515 §7.2.1: absent when there is nothing in it.
            guard let text = value.string, !text.isEmpty else { throw .malformed }
            protected = text
        }
        var unprotectedHeader = JSONObject()
        if let value = members["header"] {
            guard let object = value.object, !object.members.isEmpty else { throw .malformed }
            unprotectedHeader = object
        }
        try self.init(
            protected: [UInt8](protected.utf8), unprotectedHeader: unprotectedHeader, signature: [UInt8](signature.utf8)
        )
    }

    private static func object(_ segment: [UInt8]) throws(JWSError) -> JSONObject {
        do {
            if case .object(let object) = try JSONValue.parse(try Base64URL.decode(segment.span)) { return object }
        } catch {
            throw .malformed
        }
        throw .malformed
    }

    private func parameter(_ name: String) -> JSONValue? {
        header[name] ?? unprotectedHeader[name]
    }

    /// - Returns: the key under which this is a signature of the content.
    func verify(
        _ content: [UInt8], with keys: [VerificationKey], unprotectedAlgorithms: Bool
    ) throws(JWSError) -> VerificationKey {
        if header["alg"] == nil, unprotectedHeader["alg"] != nil, !unprotectedAlgorithms {
            throw .headerNotProtected("alg")
        }
        let (key, algorithm) = try choose(from: keys)
        var input = protected
        input.reserveCapacity(protected.count + 1 + content.count)
        input.append(UInt8(ascii: "."))
        input.append(contentsOf: content)
        guard key.isValid(signature.span, for: input.span, algorithm: algorithm) else { throw .signatureInvalid }
        return key
    }

    private func choose(from keys: [VerificationKey]) throws(JWSError) -> (VerificationKey, SignatureAlgorithm) {
        let name = parameter("alg")?.string ?? ""
        // The keys decide which algorithms there are (RFC 8725 §3.1); the header can only agree.
        guard let algorithm = SignatureAlgorithm.named(name),
            keys.contains(where: { $0.algorithms.contains(algorithm) })
        else { throw .algorithmNotAllowed(EchoedText(name).description) }
        let kid = parameter("kid")?.string
        // RFC 7517 §4.5: keys of different kinds may share an identifier.
        var (isNamed, found, isAmbiguous) = (false, VerificationKey?.none, false)
        for key in keys {
            if let kid, key.kid?.hasSameOctets(as: kid) != true { continue }
            isNamed = true
            guard key.algorithms.contains(algorithm) else { continue }
            isAmbiguous = found != nil
            found = found ?? key
        }
        guard isNamed else { throw .keyNotFound }
        guard let key = found else { throw .algorithmNotAllowed(EchoedText(name).description) }
        guard !isAmbiguous else { throw .keyNotFound }
        return (key, algorithm)
    }
}

import ApusCrypto

extension JWS {
    /// Signs octets and writes the message in compact serialisation (RFC 7515 §7.1).
    ///
    /// The header gets `alg` and `kid` from the key. A detached payload is left out of the message (RFC 7515 appendix F);
    /// without encoding (RFC 7797) it stands in the message as it is, and `b64` and `crit` say so.
    /// - Throws: `JWSError.headerNotAllowed` for `alg`, `kid` and `b64` in the header, `headerNotSupported` for a `crit`
    ///   against the rules, and `payloadNotText` for a payload that cannot stand unencoded.
    public static func sign(
        _ payload: [UInt8],
        with key: SigningKey,
        header: JSONObject = [:],
        detached: Bool = false,
        encodesPayload: Bool = true
    ) throws(JWSError) -> String {
        let content = Content(payload, encodesPayload: encodesPayload)
        let text = detached ? "" : try content.text()
        if !encodesPayload, text.utf8.contains(UInt8(ascii: ".")) { throw .payloadNotText }
        let signature = try Signature(Signer(key, header: header), content)
        return "\(signature.protected).\(text).\(signature.value)"
    }

    /// Signs octets with each signer and writes the message as JSON: flattened for one signer, general for several.
    ///
    /// A detached payload is left out of the message; without encoding it stands there as a string.
    /// - Throws: `JWSError.signerMissing` or `tooManySignatures`, `headerRepeated` for a name in both headers of a
    ///   signer, and what the compact serialisation throws.
    public static func sign(
        _ payload: [UInt8],
        with signers: [Signer],
        detached: Bool = false,
        encodesPayload: Bool = true
    ) throws(JWSError) -> JSONObject {
        guard !signers.isEmpty else { throw .signerMissing }
        guard signers.count <= maximumSignatures else { throw .tooManySignatures(limit: maximumSignatures) }
        let content = Content(payload, encodesPayload: encodesPayload)
        var message = JSONObject()
        if !detached { message["payload"] = .string(try content.text()) }
        var signatures: [JSONObject] = []
        for signer in signers {
            let signature = try Signature(signer, content)
            var members: JSONObject = ["protected": .string(signature.protected)]
            if !signer.unprotectedHeader.members.isEmpty { members["header"] = .object(signer.unprotectedHeader) }
            members["signature"] = .string(signature.value)
            signatures.append(members)
        }
        if signatures.count == 1 {
            for member in signatures[0].members { message[member.name] = member.value }
        } else {
            message["signatures"] = .array(signatures.map(JSONValue.object))
        }
        return message
    }

    /// The payload in the form in which it is signed.
    private struct Content {
        let octets: [UInt8]
        let encodesPayload: Bool

        init(_ payload: [UInt8], encodesPayload: Bool) {
            self.encodesPayload = encodesPayload
            guard encodesPayload else {
                octets = payload
                return
            }
            var encoded: [UInt8] = []
            Base64URL.append(payload.span, to: &encoded)
            octets = encoded
        }

        func text() throws(JWSError) -> String {
            guard let text = String(validating: octets, as: UTF8.self) else { throw .payloadNotText }
            return text
        }
    }

    private struct Signature {
        let protected: String
        let value: String

        init(_ signer: Signer, _ content: Content) throws(JWSError) {
            let header = try EncodedHeader(Self.protectedHeader(signer, encodesPayload: content.encodesPayload))
            var input = header.segment
            input.reserveCapacity(header.segment.count + 1 + content.octets.count)
            input.append(UInt8(ascii: "."))
            input.append(contentsOf: content.octets)
            do {
                value = Base64URL.encode(try signer.key.signature(for: input.span))
            } catch {
                throw .cryptographyUnavailable(error.description)
            }
            protected = String(decoding: header.segment, as: UTF8.self)
        }

        private static func protectedHeader(_ signer: Signer, encodesPayload: Bool) throws(JWSError) -> JSONObject {
            for name in ["alg", "kid", "b64"] where signer.header[name] != nil { throw .headerNotAllowed(name) }
            for name in ["alg", "crit", "b64"] where signer.unprotectedHeader[name] != nil {
                throw .headerNotAllowed(name)
            }
            for name in signer.unprotectedHeader.names where signer.header[name] != nil { throw .headerRepeated(name) }
            var header: JSONObject = ["alg": .string(signer.key.algorithm.rawValue)]
            if let kid = signer.unprotectedHeader["kid"] {
                guard kid.string?.hasSameOctets(as: signer.key.kid) == true else { throw .headerNotAllowed("kid") }
            } else {
                header["kid"] = .string(signer.key.kid)
            }
            for member in signer.header.members { header[member.name] = member.value }
            if !encodesPayload {
                header["b64"] = false
                let others = header["crit"] ?? []
                guard let names = others.array else { throw .headerNotSupported("crit") }
                header["crit"] = .array(names + ["b64"])
            }
            // What the signer demands of readers it understands itself.
            let own = Set((header["crit"]?.array ?? []).compactMap(\.string))
            _ = try CriticalHeader.check(header, understanding: own)
            return header
        }
    }
}

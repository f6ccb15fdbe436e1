extension JWS {
    /// Checks a message in compact serialisation and gives its payload.
    ///
    /// The key is the one with the header's `kid`, or for a header without one the only key that is for its algorithm;
    /// an unknown `kid` leads to no other key. The names in `understanding` are the extensions that the caller observes
    /// when `crit` demands them; `b64` (RFC 7797) is observed here.
    /// - Throws: `JWSError` with the first reason against the message.
    public static func verify(
        _ text: String,
        with keys: [VerificationKey],
        detachedPayload: [UInt8]? = nil,
        understanding extensions: Set<String> = [],
        maximumBytes: Int = defaultMaximumBytes
    ) throws(JWSError) -> VerifiedMessage {
        guard text.utf8.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
        let octets = [UInt8](text.utf8)
        let segments = octets.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard segments.count == 3, !segments[0].isEmpty, !segments[2].isEmpty else { throw .malformed }
        if detachedPayload != nil, !segments[1].isEmpty { throw .payloadNotDetached }
        let signature = try ReceivedSignature(protected: [UInt8](segments[0]), signature: [UInt8](segments[2]))
        let content = detachedPayload.map(MessageContent.detached) ?? .text([UInt8](segments[1]))
        return try verify([signature], content, with: keys, requiring: .all, extensions, unprotectedAlgorithms: false)
    }

    /// Checks a message in general or flattened JSON serialisation and gives its payload (RFC 7515 §7.2).
    ///
    /// `alg` must be protected, unless `allowingUnprotectedAlgorithms` takes it from the header beside the signature;
    /// it must be one of the key's own in either case. For the rest see the compact serialisation.
    /// - Throws: `JWSError` with the first reason against the message, or, when one signature is enough, against its
    ///   first signature.
    public static func verify(
        json text: String,
        with keys: [VerificationKey],
        requiring requirement: Requirement = .all,
        detachedPayload: [UInt8]? = nil,
        understanding extensions: Set<String> = [],
        allowingUnprotectedAlgorithms: Bool = false,
        maximumBytes: Int = defaultMaximumBytes
    ) throws(JWSError) -> VerifiedMessage {
        let utf8 = text.utf8
        guard utf8.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
        guard case .object(let message)? = try? JSONValue.parse(utf8.span) else { throw .malformed }
        let content: MessageContent
        switch (message["payload"], detachedPayload) {
        case (nil, nil): throw .payloadMissing
        case (nil, let payload?): content = .detached(payload)
        case (.string(let payload)?, nil): content = .text([UInt8](payload.utf8))
        case (_?, nil): throw .malformed
        case (_?, _?): throw .payloadNotDetached
        }
        return try verify(
            try ReceivedSignature.all(in: message), content, with: keys, requiring: requirement, extensions,
            unprotectedAlgorithms: allowingUnprotectedAlgorithms)
    }

    private static func verify(
        _ signatures: [ReceivedSignature],
        _ content: MessageContent,
        with keys: [VerificationKey],
        requiring requirement: Requirement,
        _ extensions: Set<String>,
        unprotectedAlgorithms: Bool
    ) throws(JWSError) -> VerifiedMessage {
        var valid: [VerifiedMessage.Signature] = []
        var isEncoded: Bool?
        var refusal: JWSError?
        for signature in signatures {
            do throws(JWSError) {
                // RFC 7797 §3: b64 is the same for all, or the payload would be two things at once.
                let encoding = try CriticalHeader.check(signature.header.members, understanding: extensions)
                guard isEncoded == nil || isEncoded == encoding else { throw .headerNotSupported("b64") }
                let key = try signature.verify(
                    try content.signed(isEncoded: encoding), with: keys, unprotectedAlgorithms: unprotectedAlgorithms)
                isEncoded = encoding
                valid.append(
                    VerifiedMessage.Signature(
                        header: signature.header, unprotectedHeader: signature.unprotectedHeader, key: key))
            } catch {
                if requirement == .all { throw error }
                refusal = refusal ?? error
            }
        }
        guard let first = valid.first, let isEncoded else { throw refusal ?? .malformed }
        return VerifiedMessage(
            payload: try content.payload(isEncoded: isEncoded), header: first.header, signatures: valid)
    }
}

/// The payload as it came: beside the message, or in it as text.
private enum MessageContent {
    case detached([UInt8])
    case text([UInt8])

    /// The octets that stand in the signing input.
    func signed(isEncoded: Bool) throws(JWSError) -> [UInt8] {
        switch self {
        case .text(let text): return text
        case .detached(let payload):
            guard isEncoded else { return payload }
            var encoded: [UInt8] = []
            Base64URL.append(payload.span, to: &encoded)
            return encoded
        }
    }

    func payload(isEncoded: Bool) throws(JWSError) -> [UInt8] {
        switch self {
        case .detached(let payload): return payload
        case .text(let text):
            guard isEncoded else { return text }
            do {
                return try Base64URL.decode(text.span)
            } catch {
                throw .malformed
            }
        }
    }
}

@testable import ApusJOSE

extension Fuzzer {
    /// Headers of messages whose signature is right: a line for the protected one, a line for the other, and the payload.
    ///
    /// What is accepted must be what RFC 7515 §4 and RFC 7797 allow, as `isAcceptable` tells it once more.
    static let signedHeader = Fuzzer(name: "jws-header") { (octets) throws(Violation) in
        let key = try succeed("The key is good") { try Self.key.get() }
        let lines = octets.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false).map(Array.init)
        guard lines.count == 3, let payload = String(validating: lines[2], as: UTF8.self) else { return }
        let protected = (try? JSONValue.parse(lines[0]))?.object
        let unprotected = try? JSONValue.parse(lines[1])
        if unprotected == nil, !lines[1].isEmpty { return }

        let header = Base64URL.encode(lines[0])
        let content = protected?["b64"]?.bool == false ? payload : Base64URL.encode(lines[2])
        let input = Array("\(header).\(content)".utf8)
        let signature = try succeed("Any text can be signed") {
            Base64URL.encode(try key.signature(for: input.span))
        }
        let keys = [key.verificationKey]
        let compact = try? JWS.verify(
            "\(header).\(content).\(signature)", with: keys, understanding: [extensionName])
        try require(
            (compact != nil) == (isAcceptable(protected, nil) && !content.contains(".")),
            "A message is accepted when it is acceptable")

        var message: JSONObject = [
            "payload": .string(content), "protected": .string(header), "signature": .string(signature),
        ]
        message["header"] = unprotected
        let flattened = try? JWS.verify(
            json: JSONValue.object(message).description, with: keys, understanding: [extensionName])
        try require((flattened != nil) == isAcceptable(protected, unprotected), "A message is accepted when acceptable")
        for verified in [compact, flattened].compactMap(\.self) {
            try require(verified.payload == lines[2], "The payload is what was signed")
            try require(
                JSONValue.object(verified.header.members) == protected.map(JSONValue.object), "So is the header")
        }
        try checkSigning(lines[2], protected, key)
    }

    private static let extensionName = "urn:example:x"

    private static let key = Result {
        try SigningKey.hmac(bytes: [UInt8](repeating: 0x5A, count: 32), algorithm: .hs256, kid: "k")
    }

    private static func checkSigning(
        _ payload: [UInt8], _ header: JSONObject?, _ key: SigningKey
    ) throws(Violation) {
        guard let header else { return }
        let extensions = Set((header["crit"]?.array ?? []).compactMap(\.string))
        for encodesPayload in [true, false] {
            guard let text = try? JWS.sign(payload, with: key, header: header, encodesPayload: encodesPayload) else {
                continue
            }
            let message = try succeed("What was signed is believed") {
                try JWS.verify(text, with: [key.verificationKey], understanding: extensions)
            }
            try require(message.payload == payload, "What was signed is the payload")
        }
    }

    private static func isAcceptable(_ protected: JSONObject?, _ unprotected: JSONValue?) -> Bool {
        guard let protected else { return false }
        var others = JSONObject()
        if let unprotected {
            guard let object = unprotected.object, !object.members.isEmpty else { return false }
            others = object
        }
        for name in others.names {
            if protected[name] != nil || name.isOne(of: ["alg", "crit", "b64"]) { return false }
        }
        guard protected["alg"]?.string?.isOne(of: ["HS256"]) == true else { return false }
        if let kid = protected["kid"] ?? others["kid"], kid.string?.isOne(of: ["k"]) != true { return false }
        return isAcceptable(critical: protected)
    }

    private static func isAcceptable(critical header: JSONObject) -> Bool {
        var names: [String] = []
        if let critical = header["crit"] {
            guard let elements = critical.array, !elements.isEmpty else { return false }
            names = elements.compactMap(\.string)
            guard names.count == elements.count, Set(names).count == names.count else { return false }
            let isUnderstood = names.allSatisfy { $0.isOne(of: ["b64", extensionName]) && header[$0] != nil }
            guard isUnderstood else { return false }
        }
        return header["b64"] == nil || header["b64"]?.bool != nil && names.contains("b64")
    }
}

extension String {
    /// Whether this is one of the names, octet for octet.
    func isOne(of names: [String]) -> Bool {
        names.contains { utf8.elementsEqual($0.utf8) }
    }
}

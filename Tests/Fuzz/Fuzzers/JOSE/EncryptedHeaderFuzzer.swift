@testable import ApusCrypto
@testable import ApusJOSE

extension Fuzzer {
    /// Headers of messages whose tag is right under a key that is used directly.
    ///
    /// Lines for the protected header, the shared one, the recipient's and the encrypted key, then the content. What is
    /// accepted must be what RFC 7516 §4 and §7 allow, as `isAcceptable` tells it once more. The other keys are there for
    /// what a header can ask of them; no message here was encrypted to one of them.
    static let encryptedHeader = Fuzzer(name: "jwe-header") { (octets) throws(Violation) in
        let keys = try succeed("The keys are good") { try Self.keys.get() }
        let lines = octets.split(separator: 0x0A, maxSplits: 4, omittingEmptySubsequences: false).map(Array.init)
        guard lines.count == 5 else { return }
        var others: [JSONValue?] = []
        for line in lines[1...2] {
            let value = try? JSONValue.parse(line)
            if value == nil, !line.isEmpty { return }
            others.append(value)
        }
        let encryptedKey = String(decoding: lines[3], as: UTF8.self)
        let protected = Base64URL.encode(lines[0])
        let (content, authenticated) = (lines[4], Array(protected.utf8))
        let sealed = try succeed("Anything can be encrypted") {
            try ContentCipher.seal(
                content.span, .a256GCM, key: EncryptionKeys.counting(32), vector: [UInt8](repeating: 0, count: 12),
                authenticating: authenticated.span)
        }
        let parts = [
            Base64URL.encode(sealed.vector), Base64URL.encode(sealed.ciphertext), Base64URL.encode(sealed.tag),
        ]

        let header = (try? JSONValue.parse(lines[0]))?.object
        let compact = try? JWE.decrypt(
            ([protected, encryptedKey] + parts).joined(separator: "."), with: keys, understanding: [extensionName])
        try require(
            (compact != nil) == (encryptedKey.isEmpty && isAcceptable(header, [])),
            "A message is accepted when it is acceptable")

        var message: JSONObject = [
            "iv": .string(parts[0]), "ciphertext": .string(parts[1]), "tag": .string(parts[2]),
        ]
        message["protected"] = .string(protected)
        message["unprotected"] = others[0]
        message["header"] = others[1]
        if !encryptedKey.isEmpty { message["encrypted_key"] = .string(encryptedKey) }
        let flattened = try? JWE.decrypt(
            json: JSONValue.object(message).description, with: keys, understanding: [extensionName])
        try require(
            (flattened != nil) == (encryptedKey.isEmpty && isAcceptable(header, others.compactMap(\.self))),
            "A message is accepted when it is acceptable")
        for decrypted in [compact, flattened].compactMap(\.self) {
            try require(decrypted.plaintext == content, "The content is what was encrypted")
        }
        try checkEncryption(content, header, keys)
    }

    private static let extensionName = "urn:example:x"

    private static let keys = Result {
        try [
            DecryptionKey(secret: EncryptionKeys.counting(32), kid: "d"),
            DecryptionKey(secret: EncryptionKeys.counting(32), algorithm: .a256GCMKW, kid: "g"),
            DecryptionKey(password: "word", algorithm: .pbes2HS256A128KW, iterations: 1...10, kid: "p"),
            DecryptionKey(key: EncryptionKeys.asymmetric(EncryptionKeys.p256), algorithm: .ecdhES, kid: "e"),
            DecryptionKey(key: EncryptionKeys.asymmetric(EncryptionKeys.x25519), algorithm: .ecdhESA256KW, kid: "x"),
            DecryptionKey(key: EncryptionKeys.asymmetric(EncryptionKeys.rsa), algorithm: .rsaOAEP256, kid: "r"),
        ]
    }

    private static func checkEncryption(
        _ plaintext: [UInt8], _ header: JSONObject?, _ keys: [DecryptionKey]
    ) throws(Violation) {
        guard let header else { return }
        let key = try succeed("The key is good") { try EncryptionKey(secret: EncryptionKeys.counting(32), kid: "d") }
        guard let text = try? JWE.encrypt(plaintext, to: key, header: header) else { return }
        let extensions = Set((header["crit"]?.array ?? []).compactMap(\.string))
        let message = try succeed("What was encrypted decrypts") {
            try JWE.decrypt(text, with: keys, understanding: extensions)
        }
        try require(message.plaintext == plaintext, "What was encrypted is the content")
    }

    private static func isAcceptable(_ protected: JSONObject?, _ others: [JSONValue]) -> Bool {
        guard let protected, protected["alg"]?.string?.isOne(of: ["dir"]) == true,
            protected["enc"]?.string?.isOne(of: ["A256GCM"]) == true
        else { return false }
        var members = protected.members
        for other in others {
            guard let object = other.object, !object.members.isEmpty else { return false }
            members += object.members
        }
        guard Set(members.map(\.name)).count == members.count else { return false }
        for member in members {
            if member.name.isOne(of: ["typ", "cty", "kid"]), member.value.string == nil { return false }
            if member.name.isOne(of: ["kid"]), member.value.string?.isOne(of: ["d"]) != true { return false }
            if member.name.isOne(of: ["zip"]) { return false }
            if member.name.isOne(of: ["crit"]) {
                guard protected["crit"] != nil, let names = member.value.array, !names.isEmpty else { return false }
                let isUnderstood = names.allSatisfy { $0.string?.isOne(of: [extensionName]) == true }
                guard isUnderstood, names.count == 1, protected[extensionName] != nil else { return false }
            }
        }
        return true
    }
}

import ApusCrypto

@testable import ApusJOSE

/// Keys for the tests of encrypted messages, and messages with whatever header a test wants.
enum EncryptionForge {
    static let plaintext = "The quick brown fox jumps over the lazy dog"

    static func secret(_ octets: [UInt8]) -> SecretBytes {
        SecretBytes(copying: octets.span)
    }

    static func secret(count: Int) -> SecretBytes {
        secret([UInt8]((0..<count).map { UInt8($0) }))
    }

    /// Reads an asymmetric key from the members of a JWK; one that has no private part when asked to leave it out.
    static func asymmetric(jwk text: String) throws -> AsymmetricKey {
        let jwk = try JSONValue.parse(text)
        func octets(_ name: String) throws -> [UInt8] { try Base64URL.decode(jwk[name]?.string ?? "-") }
        func part(_ name: String) throws -> SecretBytes { secret(try octets(name)) }
        switch (jwk["kty"]?.string, jwk["crv"]?.string) {
        case ("RSA", _):
            let parts = RSAPrivateParts(
                d: try part("d"), p: try part("p"), q: try part("q"), dp: try part("dp"), dq: try part("dq"),
                qi: try part("qi"))
            return try AsymmetricKey(
                rsa: RSAComponents(modulus: octets("n"), exponent: octets("e"), privateParts: parts))
        case ("OKP", let curve):
            return try AsymmetricKey(
                okp: OKPComponents(kind: curve == "X448" ? .x448 : .x25519, x: octets("x"), d: part("d")))
        case (_, let name):
            let curves: [String: EllipticCurve] = ["P-256": .p256, "P-384": .p384, "P-521": .p521]
            return try AsymmetricKey(
                ec: ECComponents(curve: curves[name ?? ""] ?? .secp256k1, x: octets("x"), y: octets("y"), d: part("d")))
        }
    }

    /// Takes the identifier and the secret or the asymmetric key from a JWK.
    static func decryptionKey(
        jwk text: String,
        _ algorithm: KeyManagementAlgorithm,
        _ encryptions: [ContentEncryption]? = nil
    ) throws -> DecryptionKey {
        let jwk = try JSONValue.parse(text)
        let kid = jwk["kid"]?.string
        if let key = jwk["k"]?.string {
            let secret = secret(try Base64URL.decode(key))
            return try DecryptionKey(secret: secret, algorithm: algorithm, encryptions: encryptions, kid: kid)
        }
        return try DecryptionKey(
            key: asymmetric(jwk: text), algorithm: algorithm, encryptions: encryptions, kid: kid)
    }

    /// The key that `compact(_:)` and its siblings encrypt with directly: octets 0 to 31.
    static func direct(kid: String? = nil) throws -> DecryptionKey {
        try DecryptionKey(secret: secret(count: 32), kid: kid)
    }

    /// A message whose tag is right, whatever its header says.
    static func compact(
        header: String,
        encryptedKey: [UInt8] = [],
        contentKey: SecretBytes = secret(count: 32),
        _ encryption: ContentEncryption = .a256GCM
    ) throws -> String {
        let protected = Base64URL.encode([UInt8](header.utf8))
        let sealed = try seal([UInt8](protected.utf8), contentKey, encryption)
        return [
            protected, Base64URL.encode(encryptedKey), Base64URL.encode(sealed.vector),
            Base64URL.encode(sealed.ciphertext), Base64URL.encode(sealed.tag),
        ].joined(separator: ".")
    }

    /// A message in JSON, with these members beside those of the content; its tag is right.
    static func json(
        protected header: String?,
        _ others: JSONObject = [:],
        contentKey: SecretBytes = secret(count: 32)
    ) throws -> String {
        let protected = header.map { Base64URL.encode([UInt8]($0.utf8)) }
        let sealed = try seal([UInt8]((protected ?? "").utf8), contentKey, .a256GCM)
        var message = others
        if let protected { message["protected"] = .string(protected) }
        message["iv"] = .string(Base64URL.encode(sealed.vector))
        message["ciphertext"] = .string(Base64URL.encode(sealed.ciphertext))
        message["tag"] = .string(Base64URL.encode(sealed.tag))
        return JSONValue.object(message).description
    }

    private static func seal(
        _ data: [UInt8],
        _ contentKey: SecretBytes,
        _ encryption: ContentEncryption
    ) throws -> ContentCipher.Sealed {
        try ContentCipher.seal(
            [UInt8](plaintext.utf8).span, encryption, key: contentKey,
            vector: SecureRandom.bytes(encryption.vectorByteCount), authenticating: data.span)
    }
}

extension DecryptedMessage {
    var text: String { String(decoding: plaintext, as: UTF8.self) }
}

extension String {
    /// The message with one of its five segments exchanged.
    func replacingSegment(_ position: Int, with text: String) -> String {
        var segments = split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        segments[position] = text
        return segments.joined(separator: ".")
    }
}

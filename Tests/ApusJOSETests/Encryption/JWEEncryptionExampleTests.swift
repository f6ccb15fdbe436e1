import ApusCrypto
import Testing

@testable import ApusJOSE

/// The worked examples of the RFCs, written octet by octet from the content keys and vectors that the RFCs chose.
@Suite struct JWEEncryptionExampleTests {
    private typealias Examples = RFC7516Vectors
    private typealias Cookbook = RFC7520Vectors

    /// Encrypts to a key that leaves nothing to chance: AES key wrap, or `dir`.
    private func encrypt(
        _ plaintext: String,
        to jwk: String,
        _ header: EncryptedHeader,
        contentKey: String? = nil,
        vector: String,
        additionalData: [UInt8]? = nil
    ) throws -> EncryptedMessage {
        let whole = try JWEHeader(protected: header.protected, shared: header.shared, own: header.own)
        let algorithm = try #require(KeyManagementAlgorithm(rawValue: whole.algorithm))
        let encryption = try #require(ContentEncryption(rawValue: whole.encryption))
        let secret = EncryptionForge.secret(try Base64URL.decode(JSONValue.parse(jwk)["k"]?.string ?? ""))
        let key = try EncryptionKey(secret: secret, algorithm: algorithm, encryption: encryption)
        var message = EncryptedMessage()
        message.protected = header.protected
        if !header.protected.members.isEmpty {
            let document = [UInt8](JSONValue.object(header.protected).description.utf8)
            message.protectedText = [UInt8](Base64URL.encode(document).utf8)
        }
        message.unprotected = header.shared
        message.additionalData = additionalData
        var recipient = EncryptedMessage.Recipient(header: header.own)
        var content = try key.agreedContentKey(whole)?.key
        if let contentKey {
            let chosen = EncryptionForge.secret(try Base64URL.decode(contentKey))
            recipient.encryptedKey = try key.wrap(chosen, whole).encryptedKey
            content = chosen
        }
        message.recipients = [recipient]
        message.content = try ContentCipher.seal(
            [UInt8](plaintext.utf8).span, encryption, key: #require(content), vector: Base64URL.decode(vector),
            authenticating: message.authenticatedData.span)
        return message
    }

    // RSA-OAEP gives another encrypted key each time, so the RFC's own is opened and its content key is used.
    @Test(arguments: [
        (
            Examples.keyA1, Examples.messageA1, "The true sign of intelligence is not knowledge but imagination.",
            "saH0gFSP4XM_tAP_a5rU9ooHbltwLiJpL4LLLnrqQPw", "48V1_ALb6US04U3b"
        ),
        (
            Cookbook.key2, Cookbook.compact2, Cookbook.plaintext, "mYMfsggkTAm0TbvtlFh2hyoXnbEzJQjMxmgLN3d8xXA",
            "-nBoKLH0YkLZPSI9"
        ),
    ])
    func `seals the content of RFC 7516 A.1 and RFC 7520 §5.2 to their octets`(
        jwk: String, text: String, plaintext: String, contentKey: String, vector: String
    ) throws {
        let utf8 = text.utf8
        let message = try EncryptedMessage(compact: utf8.span, maximumBytes: 10_000)
        let key = try EncryptionForge.decryptionKey(jwk: jwk, .rsaOAEP)
        let header = try JWEHeader(protected: message.protected)
        let unwrapped = try key.contentKey(message.recipients[0].encryptedKey, .a256GCM, header)
        #expect(Base64URL.encode(unwrapped.octets) == contentKey)
        let sealed = try ContentCipher.seal(
            [UInt8](plaintext.utf8).span, .a256GCM, key: unwrapped, vector: Base64URL.decode(vector),
            authenticating: message.authenticatedData.span)
        #expect(sealed.vector == message.content.vector)
        #expect(sealed.ciphertext == message.content.ciphertext)
        #expect(sealed.tag == message.content.tag)
    }

    @Test func `writes RFC 7516 A.3`() throws {
        let message = try encrypt(
            "Live long and prosper.", to: Examples.keyA3,
            EncryptedHeader(["alg": "A128KW", "enc": "A128CBC-HS256"]),
            contentKey: Self.contentKeyA3, vector: "AxY8DCtDaGlsbGljb3RoZQ")
        #expect(message.compact == Examples.messageA3)
    }

    @Test func `writes RFC 7516 A.5`() throws {
        let message = try encrypt(
            "Live long and prosper.", to: Examples.keyA3,
            EncryptedHeader(
                ["enc": "A128CBC-HS256"], shared: ["jku": "https://server.example.com/keys.jwks"],
                own: ["alg": "A128KW", "kid": "7"]),
            contentKey: Self.contentKeyA3, vector: "AxY8DCtDaGlsbGljb3RoZQ")
        #expect(try JSONValue.object(message.json) == JSONValue.parse(Examples.messageA5))
    }

    @Test func `writes RFC 7520 §5.6`() throws {
        let message = try encrypt(
            Cookbook.plaintext, to: Cookbook.key6,
            EncryptedHeader(["alg": "dir", "kid": "77c7e2b8-6e13-45cf-8672-617b5b45243a", "enc": "A128GCM"]),
            vector: "refa467QzzKx6QAB")
        #expect(message.compact == Cookbook.compact6)
        #expect(try JSONValue.object(message.json) == JSONValue.parse(Cookbook.flattened6))
    }

    @Test func `writes RFC 7520 §5.8`() throws {
        let message = try encrypt(
            Cookbook.plaintext, to: Cookbook.key8, EncryptedHeader(Self.wrapped),
            contentKey: "aY5_Ghmk9KxWPBLu_glx1w", vector: "Qx0pmsDa8KnJc9Jo")
        #expect(message.compact == Cookbook.compact8)
        #expect(try JSONValue.object(message.json) == JSONValue.parse(Cookbook.flattened8))
    }

    @Test func `writes RFC 7520 §5.10, with additional data`() throws {
        let data = #"""
            ["vcard",[["version",{},"text","4.0"],["fn",{},"text","Meriadoc Brandybuck"],["n",{},"text",["Brandybuck",\#
            "Meriadoc","Mr.",""]],["bday",{},"text","TA 2982"],["gender",{},"text","M"]]]
            """#
        let message = try encrypt(
            Cookbook.plaintext, to: Cookbook.key8, EncryptedHeader(Self.wrapped),
            contentKey: "75m1ALsYv10pZTKPWrsqdg", vector: "veCx9ece2orS7c_N", additionalData: [UInt8](data.utf8))
        #expect(try JSONValue.object(message.json) == JSONValue.parse(Cookbook.flattened10))
    }

    @Test func `writes RFC 7520 §5.11 and §5.12, with headers that nothing protects`() throws {
        let partly = try encrypt(
            Cookbook.plaintext, to: Cookbook.key8,
            EncryptedHeader(["enc": "A128GCM"], shared: ["alg": "A128KW", "kid": Self.kid8]),
            contentKey: "WDgEptBmQs9ouUvArz6x6g", vector: "WgEJsDS9bkoXQ3nR")
        #expect(try JSONValue.object(partly.json) == JSONValue.parse(Cookbook.flattened11))
        let wholly = try encrypt(
            Cookbook.plaintext, to: Cookbook.key8,
            EncryptedHeader([:], shared: ["alg": "A128KW", "kid": Self.kid8, "enc": "A128GCM"]),
            contentKey: "KBooAFl30QPV3vkcZlXnzQ", vector: "YihBoVOGsR1l7jCD")
        #expect(try JSONValue.object(wholly.json) == JSONValue.parse(Cookbook.flattened12))
    }

    /// RFC 7516 A.3.2, which A.4 and A.5 share.
    private static let contentKeyA3 = "BNMfxVSd_P4LZJ36P6pqzmt81C1vawnbyLEA8I-cLM8"
    private static let kid8: JSONValue = "81b20965-8332-43d9-a468-82160ad91ac8"
    private static let wrapped: JSONObject = ["alg": "A128KW", "kid": kid8, "enc": "A128GCM"]
}

/// The three places of a header's parameters (RFC 7516 §4).
private struct EncryptedHeader {
    let protected: JSONObject
    let shared: JSONObject
    let own: JSONObject

    init(_ protected: JSONObject, shared: JSONObject = [:], own: JSONObject = [:]) {
        self.protected = protected
        self.shared = shared
        self.own = own
    }
}

import ApusCrypto
import Testing

@testable import ApusJOSE

@Suite struct JWEJSONTests {
    private static let protected = #"{"alg":"dir","enc":"A256GCM"}"#

    private func decrypt(_ json: String, allowing: Bool = false) throws -> DecryptedMessage {
        try JWE.decrypt(json: json, with: [EncryptionForge.direct()], allowingUnprotectedAlgorithms: allowing)
    }

    @Test func `writes one recipient flattened, all protected`() throws {
        let secret = EncryptionForge.secret(count: 32)
        let key = try EncryptionKey(secret: secret, algorithm: .a256KW, kid: "one")
        let message = try JWE.encrypt(
            [1, 2], to: [JWE.Recipient(key, header: ["own": 1])], header: ["cty": "x"], unprotected: ["shared": 2],
            additionalData: [3, 4])
        #expect(
            Set(message.names) == [
                "protected", "unprotected", "header", "encrypted_key", "aad", "iv", "ciphertext", "tag",
            ])
        let decrypted = try JWE.decrypt(
            json: JSONValue.object(message).description,
            with: [DecryptionKey(secret: secret, algorithm: .a256KW, kid: "one")])
        #expect(decrypted.plaintext == [1, 2])
        #expect(decrypted.additionalData == [3, 4])
        #expect(decrypted.protectedHeader == ["alg": "A256KW", "enc": "A256GCM", "kid": "one", "cty": "x"])
        #expect(decrypted.header["own"] == 1)
        #expect(decrypted.header["shared"] == 2)
    }

    @Test func `writes several recipients, each of whom reads the message`() throws {
        let rsa = try EncryptionForge.asymmetric(jwk: PeerVectors.rsa)
        let curve = try EncryptionForge.asymmetric(jwk: PeerVectors.x25519)
        let secret = EncryptionForge.secret(count: 32)
        let recipients = [
            try EncryptionKey(key: rsa, kid: "rsa"), try EncryptionKey(key: curve, kid: "curve"),
            try EncryptionKey(secret: secret, algorithm: .a256GCMKW, kid: "secret"),
            try EncryptionKey(password: "word", iterations: 1000, kid: "word"),
        ]
        let message = try JWE.encrypt([7], to: recipients.map { JWE.Recipient($0) })
        #expect(message["recipients"]?.array?.count == 4)
        #expect(message["encrypted_key"] == nil)
        let json = JSONValue.object(message).description
        for key in [
            try DecryptionKey(key: rsa, kid: "rsa"), try DecryptionKey(key: curve, kid: "curve"),
            try DecryptionKey(secret: secret, algorithm: .a256GCMKW, kid: "secret"),
            try DecryptionKey(password: "word", kid: "word"),
        ] {
            let decrypted = try JWE.decrypt(json: json, with: [key])
            #expect(decrypted.plaintext == [7])
            #expect(decrypted.kid == key.kid)
            #expect(decrypted.protectedHeader == ["enc": "A256GCM"])
        }
        let stranger = try DecryptionKey(secret: secret, algorithm: .a256GCMKW, kid: "stranger")
        #expect(throws: JWEError.keyNotFound) { try JWE.decrypt(json: json, with: [stranger]) }
    }

    @Test func `finds the recipient whose key it has when none has an identifier`() throws {
        let secrets = (0..<3).map { EncryptionForge.secret([UInt8](repeating: $0, count: 32)) }
        let recipients = try secrets.map { JWE.Recipient(try EncryptionKey(secret: $0, algorithm: .a256KW)) }
        let json = JSONValue.object(try JWE.encrypt([7], to: recipients)).description
        for secret in secrets {
            let key = try DecryptionKey(secret: secret, algorithm: .a256KW)
            #expect(try JWE.decrypt(json: json, with: [key]).plaintext == [7])
        }
    }

    @Test func `tries eight recipients and no more`() throws {
        let own = EncryptionForge.secret(count: 32)
        func json(_ strangers: Int) throws -> String {
            var recipients = try (0..<strangers).map { _ in
                JWE.Recipient(try EncryptionKey(secret: .random(32), algorithm: .a256KW))
            }
            recipients.append(JWE.Recipient(try EncryptionKey(secret: own, algorithm: .a256KW)))
            return JSONValue.object(try JWE.encrypt([7], to: recipients)).description
        }
        let key = try DecryptionKey(secret: own, algorithm: .a256KW)
        #expect(try JWE.decrypt(json: json(7), with: [key]).plaintext == [7])
        #expect(throws: JWEError.decryptionFailed) { try JWE.decrypt(json: json(8), with: [key]) }
    }

    @Test func `refuses recipients that cannot share a content key`() throws {
        let secret = EncryptionForge.secret(count: 32)
        let wrapping = try EncryptionKey(secret: secret, algorithm: .a256KW)
        let direct = try EncryptionKey(secret: secret)
        let curve = try EncryptionKey(key: EncryptionForge.asymmetric(jwk: PeerVectors.p256), algorithm: .ecdhES)
        let other = try EncryptionKey(secret: secret, algorithm: .a256KW, encryption: .a128GCM)
        for keys in [[], [wrapping, direct], [curve, wrapping], [wrapping, other]] {
            #expect(throws: JWEError.recipientsNotCompatible) {
                try JWE.encrypt([1], to: keys.map { JWE.Recipient($0) })
            }
        }
        let many = [JWE.Recipient](repeating: JWE.Recipient(wrapping), count: 101)
        #expect(throws: JWEError.recipientsNotCompatible) { try JWE.encrypt([1], to: many) }
    }

    @Test func `multi-recipient, dir and ECDH-ES: reject`() throws {
        let json = try EncryptionForge.json(
            protected: #"{"enc":"A256GCM"}"#,
            ["recipients": [["header": ["alg": "dir"]], ["header": ["alg": "A128KW"]]]])
        #expect(throws: JWEError.malformed) { try decrypt(json) }
    }

    @Test func `unprotected header JSON serialisation: alg/enc only from protected unless allowed`() throws {
        for (protected, unprotected, refused) in [
            (#"{"enc":"A256GCM"}"#, ["alg": "dir"] as JSONObject, "dir"),
            (#"{"alg":"dir"}"#, ["enc": "A256GCM"], "A256GCM"),
        ] {
            for place in ["unprotected", "header"] {
                let json = try EncryptionForge.json(protected: protected, [place: .object(unprotected)])
                #expect(throws: JWEError.algorithmNotAllowed(refused)) { try decrypt(json) }
                #expect(try decrypt(json, allowing: true).text == EncryptionForge.plaintext)
            }
        }
    }

    @Test func `refuses one name in two of the headers`() throws {
        for (shared, own) in [
            (["alg": "dir"], nil), (nil, ["enc": "A256GCM"]), (["x": 1], ["x": 1]),
        ] as [(JSONObject?, JSONObject?)] {
            var others = JSONObject()
            others["unprotected"] = shared.map { .object($0) }
            others["header"] = own.map { .object($0) }
            let json = try EncryptionForge.json(protected: Self.protected, others)
            #expect(throws: JWEError.malformed) { try decrypt(json, allowing: true) }
        }
        let key = try EncryptionKey(secret: EncryptionForge.secret(count: 32))
        #expect(throws: JWEError.headerReserved("x")) {
            try JWE.encrypt([1], to: [JWE.Recipient(key, header: ["x": 1])], header: ["x": 2])
        }
    }

    @Test func `refuses crit and zip where nothing protects them`() throws {
        for place in ["unprotected", "header"] {
            let critical = try EncryptionForge.json(
                protected: #"{"alg":"dir","enc":"A256GCM","x":1}"#, [place: ["crit": ["x"]]])
            #expect(throws: JWEError.headerNotSupported("crit")) {
                try JWE.decrypt(json: critical, with: [EncryptionForge.direct()], understanding: ["x"])
            }
            let compressed = try EncryptionForge.json(protected: Self.protected, [place: ["zip": "DEF"]])
            #expect(throws: JWEError.headerNotSupported("zip")) { try decrypt(compressed) }
        }
    }

    @Test(
        arguments: [
            ("protected", ""), ("protected", 1), ("protected", "e30="), ("unprotected", [:]), ("unprotected", "x"),
            ("header", [:]), ("header", []), ("encrypted_key", ""), ("encrypted_key", 1), ("encrypted_key", "AAAA"),
            ("aad", ""), ("aad", 1), ("aad", "="), ("iv", 1), ("iv", ""), ("iv", nil), ("tag", ""), ("tag", "AAAA"),
            ("ciphertext", nil), ("ciphertext", 1), ("recipients", []), ("recipients", 1), ("recipients", [1]),
            ("recipients", [[:], ["header": []]]),
        ] as [(String, JSONValue)])
    func `refuses members of the wrong type or with nothing to say`(name: String, value: JSONValue) throws {
        var message = try #require(JSONValue.parse(EncryptionForge.json(protected: Self.protected)).object)
        #expect(throws: Never.self) { try decrypt(JSONValue.object(message).description) }
        message[name] = value
        #expect(throws: JWEError.malformed) { try decrypt(JSONValue.object(message).description) }
    }

    @Test func `refuses recipients beside what the flattened form has instead`() throws {
        for (name, value) in [("header", ["x": 1]), ("encrypted_key", "AAAA")] as [(String, JSONValue)] {
            let json = try EncryptionForge.json(protected: Self.protected, ["recipients": [[:]], name: value])
            #expect(throws: JWEError.malformed) { try decrypt(json) }
        }
        let general = try EncryptionForge.json(protected: Self.protected, ["recipients": [[:]], "unknown": 1])
        #expect(try decrypt(general).text == EncryptionForge.plaintext)
    }

    @Test func `refuses more than 100 recipients`() throws {
        func json(_ count: Int) throws -> String {
            let recipients = [JSONValue](repeating: ["header": ["kid": "other"]], count: count)
            return try EncryptionForge.json(protected: Self.protected, ["recipients": .array(recipients)])
        }
        #expect(throws: JWEError.keyNotFound) { try decrypt(json(100)) }
        #expect(throws: JWEError.malformed) { try decrypt(json(101)) }
    }

    @Test(arguments: ["", "null", "[]", "1", "{", "{}", #"{"ciphertext":""}"#, "not JSON", #"{"iv":"","iv":""}"#])
    func `refuses what is no message`(json: String) {
        #expect(throws: JWEError.self) { try decrypt(json) }
    }

    @Test func `notices a change of the additional data and of the protected header`() throws {
        let key = try EncryptionKey(secret: EncryptionForge.secret(count: 32))
        var message = try JWE.encrypt([1], to: [JWE.Recipient(key)], header: ["x": 1], additionalData: [1])
        message["aad"] = "Ag"
        #expect(throws: JWEError.decryptionFailed) { try decrypt(JSONValue.object(message).description) }
        message["aad"] = nil
        #expect(throws: JWEError.decryptionFailed) { try decrypt(JSONValue.object(message).description) }
    }
}

import ApusJOSE
import Foundation
import Testing

@testable import TokenTool

/// The commands as somebody types them, against a folder of files.
@Suite struct TokenToolTests {
    private func run(_ line: String, _ more: String...) async throws -> String {
        try await TokenTool.run(line.split(separator: " ").map(String.init) + more)
    }

    /// Lends a file with this content.
    private func withFile(
        _ content: String, _ body: nonisolated(nonsending) (String) async throws -> Void
    ) async throws {
        try await withFile(octets: [UInt8](content.utf8), body)
    }

    private func withFile(
        octets content: [UInt8], _ body: nonisolated(nonsending) (String) async throws -> Void
    ) async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("TokenTool-\(UUID().uuidString)").path
        try Data(content).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    @Test(arguments: ["rsa2048", "p256", "p384", "p521", "secp256k1", "ed25519", "ed448", "secret48"])
    func `a key that was made issues tokens that it verifies`(kind: String) async throws {
        try await withFile(try await run("keygen \(kind)")) { key in
            let token = try await run("issue --key \(key) --iss me --aud you --sub ada --claim can_read=true")
            let verified = try await run("verify --key \(key) --iss me --aud you \(token)")
            #expect(verified.hasPrefix("valid\n"))
            #expect(verified.contains(#""sub":"ada","can_read":true"#))
            #expect(try await run("inspect \(token)").hasPrefix("not verified"))
        }
    }

    @Test func `a token that fails is explained as the tutorial's table does`() async throws {
        try await withFile(try await run("keygen p256")) { key in
            let token = try await run("issue --key \(key) --iss me --aud you")
            let wrongIssuer = await #expect(throws: Refusal.self) {
                try await run("verify --key \(key) --iss other --aud you \(token)")
            }
            #expect(wrongIssuer?.description.contains("The issuer 'me' is invalid") == true)
            #expect(wrongIssuer?.description.contains("\nfix    Use a token of a trusted issuer") == true)
            try await withFile(try await run("keygen p256")) { other in
                let wrongKey = await #expect(throws: Refusal.self) { try await run("verify --key \(other) \(token)") }
                #expect(wrongKey?.description.contains("The signature key was not found") == true)
            }
        }
    }

    // RFC 7638 §3.1 and RFC 9278 §3.
    @Test func `the thumbprint of the RFC's key is the RFC's`() async throws {
        let key = #"""
            {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}
            """#
        try await withFile(key) { path in
            let lines = try await run("thumbprint --key \(path)").split(separator: "\n")
            #expect(lines.first == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
            #expect(
                lines.last == "urn:ietf:params:oauth:jwk-thumbprint:sha-256:NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
            )
        }
    }

    @Test func `a published set has no private part and no secret`() async throws {
        try await withFile(try await run("keygen ed25519")) { pair in
            try await withFile(try await run("keygen secret32")) { secret in
                let set = try await run("jwks \(pair) \(secret)")
                #expect(set.contains(#""crv":"Ed25519""#))
                #expect(!set.contains(#""d":"#) && !set.contains(#""k":"#))
            }
        }
    }

    // The first key of RFC 7517 A.1, which is for encryption.
    private static let encryptionKey = """
        {"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",\
        "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"}
        """

    @Test func `a set may hold keys for other uses`() async throws {
        let key = try await run("keygen p256")
        try await withFile(key) { path in
            let token = try await run("issue --key \(path)")
            try await withFile(#"{"keys":[\#(Self.encryptionKey),\#(key)]}"#) { set in
                let verified = try await run("verify --key \(set) \(token)")
                #expect(verified.hasPrefix("valid\n"))
            }
            try await withFile(#"{"keys":[\#(Self.encryptionKey)]}"#) { set in
                await #expect(throws: KeyError.useNotPermitted(.encryption)) {
                    try await run("verify --key \(set) \(token)")
                }
            }
            try await withFile(#"{"keys":[]}"#) { set in
                await #expect(throws: UsageError.self) { try await run("verify --key \(set) \(token)") }
            }
        }
    }

    @Test(arguments: ["p256", "rsa2048", "x25519"])
    func `an encrypted token shows its header, and is verified with the key that decrypts it`(kind: String) async throws
    {
        let signing = try JWK(json: try await run("keygen ed25519"))
        let sealing = try JWK(json: try await run("keygen \(kind)"))
        let tokens = JWTBuilder(keys: try KeyStore(SigningKey(signing))).subject("ada")
            .encrypted(to: try EncryptionKey(sealing))
        let token = try await tokens.build().token
        let shown = try await run("inspect \(token)")
        #expect(shown.contains(#""cty":"JWT""#) && shown.contains("claims  encrypted") && !shown.contains("ada"))
        try await withFile(try signing.json()) { key in
            let refused = await #expect(throws: Refusal.self) { try await run("verify --key \(key) \(token)") }
            #expect(refused?.error == .encryptionNotAccepted)
            try await withFile(try sealing.json(includingPrivateParts: true)) { secret in
                let verified = try await run("verify --key \(key) --decrypt \(secret) \(token)")
                #expect(verified.hasPrefix("valid\n") && verified.contains(#""sub":"ada""#))
            }
        }
    }

    @Test func `an encrypted DER or PKCS12 asks for its passphrase`() async throws {
        let key = try JWK(json: try await run("keygen p256"))
        try await withFile(octets: try key.der(includingPrivateParts: true, passphrase: "a passphrase")) { path in
            await #expect(throws: KeyError.passphraseMissing) { try await run("thumbprint --key \(path)") }
        }
        // The first octets of every PKCS#12 file (RFC 7292 §4), and what is of no form at all.
        for octets in [[0x30, 0x80, 0x02, 0x01, 0x03], [0xFF, 0x00, 0xFF]] as [[UInt8]] {
            try await withFile(octets: octets) { path in
                await #expect(throws: KeyError.self) { try await run("thumbprint --key \(path)") }
            }
        }
    }

    @Test func `an encrypted PEM asks for its passphrase`() async throws {
        try await withFile(
            """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            AAAA
            -----END ENCRYPTED PRIVATE KEY-----
            """
        ) { path in
            await #expect(throws: (any Error).self) { try await run("thumbprint --key \(path)") }
        }
    }

    @Test(arguments: [
        "bogus", "keygen", "keygen p1", "issue", "issue --key", "verify --key a --key b x", "inspect", "jwks",
        "thumbprint --key /nowhere", "keygen p256 --colour red",
    ])
    func `a command that is not understood says what there is`(line: String) async {
        let error = await #expect(throws: UsageError.self) { try await run(line) }
        #expect(error?.description.contains("TokenTool keygen KIND") == true)
    }

    @Test func `without a command it explains itself`() async throws {
        #expect(try await TokenTool.run([]) == TokenTool.usage)
    }
}

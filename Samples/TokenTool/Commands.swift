import ApusJOSE
import Foundation

extension TokenTool {
    private static let kinds: [String: JWK.Kind] = [
        "rsa2048": .rsa(bits: 2048), "rsa3072": .rsa(bits: 3072), "rsa4096": .rsa(bits: 4096), "p256": .p256,
        "p384": .p384, "p521": .p521, "secp256k1": .secp256k1, "ed25519": .ed25519, "ed448": .ed448,
        "x25519": .x25519, "x448": .x448, "secret32": .secret(octets: 32), "secret48": .secret(octets: 48),
        "secret64": .secret(octets: 64),
    ]

    static func keygen(_ arguments: inout Arguments) throws -> String {
        let kid = try arguments.value(of: "kid")
        let isPEM = arguments.flag("pem")
        let name = try arguments.last("kind of key")
        guard let kind = kinds[name] else { throw UsageError("There is no kind of key '\(name)'.") }
        var key = try JWK.generate(kind)
        key.kid = kid ?? key.thumbprint()
        return try isPEM ? key.pem(includingPrivateParts: true) : key.json(includingPrivateParts: true)
    }

    static func issue(_ arguments: inout Arguments) async throws -> String {
        let key = try keys(in: try arguments.required("key"))[0]
        let algorithm = try arguments.value(of: "alg").map { name in
            guard let algorithm = SignatureAlgorithm(rawValue: name) else {
                throw UsageError("There is no algorithm '\(name)'.")
            }
            return algorithm
        }
        var builder = JWTBuilder(keys: try KeyStore(SigningKey(key, algorithm: algorithm)))
        if let issuer = try arguments.value(of: "iss") { builder = builder.issuer(issuer) }
        let audiences = try arguments.values(of: "aud")
        if !audiences.isEmpty {
            builder = builder.claim(.audience, audiences.count == 1 ? .string(audiences[0]) : audiences.jsonValue)
        }
        if let subject = try arguments.value(of: "sub") { builder = builder.subject(subject) }
        if let lifetime = try arguments.value(of: "lifetime") {
            guard let seconds = Int(lifetime) else { throw UsageError("--lifetime takes whole seconds.") }
            builder = builder.lifetime(.seconds(seconds))
        }
        for claim in try arguments.values(of: "claim") {
            let parts = claim.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw UsageError("--claim takes NAME=JSON, such as can_read=true.") }
            // What is no JSON is meant as text.
            builder = builder.claim(ClaimName(parts[0]), (try? JSONValue.parse(parts[1])) ?? .string(parts[1]))
        }
        guard try arguments.rest().isEmpty else { throw UsageError("'issue' takes options alone.") }
        return try await builder.build().token
    }

    static func inspect(_ arguments: inout Arguments) throws -> String {
        let token = try UnverifiedToken(inspecting: try text(try arguments.last("token")))
        if token.isEncrypted {
            return """
                not verified: whoever sent this may have written all of it
                header  \(JSONValue.object(token.header.members))
                claims  encrypted: only the owner of the key can read them; see verify --decrypt
                """
        }
        return """
            not verified: whoever sent this may have written all of it
            header  \(JSONValue.object(token.header.members))
            claims  \(JSONValue.object(token.claims.members))
            """
    }

    static func verify(_ arguments: inout Arguments) throws -> String {
        let verifying = try keys(in: try arguments.required("key")) { key in
            try VerificationKey(key, kid: key.kid ?? key.thumbprint())
        }
        var parameters = ValidationParameters(
            keys: try KeySet(verifying), issuers: try arguments.values(of: "iss"),
            audiences: try arguments.values(of: "aud")
        )
        parameters.allowsAnyIssuer = parameters.issuers.isEmpty
        parameters.allowsAnyAudience = parameters.audiences.isEmpty
        parameters.requiredType = try arguments.value(of: "typ")
        if let file = try arguments.value(of: "decrypt") {
            parameters.decryptionKeys = try keys(in: file) { try DecryptionKey($0) }
        }
        do {
            let token = try parameters.verify(try text(try arguments.last("token")))
            return
                "valid\nheader  \(JSONValue.object(token.header.members))\nclaims  \(JSONValue.object(token.claims.members))"
        } catch let error as TokenError {
            throw Refusal(error: error)
        }
    }

    static func thumbprint(_ arguments: inout Arguments) throws -> String {
        let name = try arguments.value(of: "hash") ?? "sha-256"
        guard let hash = ThumbprintHash(rawValue: name) else { throw UsageError("There is no hash '\(name)'.") }
        let keys = try keys(in: try arguments.required("key"))
        return keys.map { "\($0.thumbprint(hash))\n\($0.thumbprintURI(hash))" }.joined(separator: "\n")
    }

    static func jwks(_ arguments: inout Arguments) throws -> String {
        let files = try arguments.rest()
        guard !files.isEmpty else { throw UsageError("'jwks' takes one file or more.") }
        return try JWKSet(files.flatMap { try keys(in: $0) }).json()
    }

    private static func text(_ argument: String) throws -> String {
        let text = argument == "-" ? String(decoding: try contents(of: "-"), as: UTF8.self) : argument
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Why a token does not verify, in the words of the troubleshooting table.
struct Refusal: Error, CustomStringConvertible {
    let error: TokenError

    var description: String { "not valid: \(error)\ncause  \(error.cause)\nfix    \(error.remedy)" }
}

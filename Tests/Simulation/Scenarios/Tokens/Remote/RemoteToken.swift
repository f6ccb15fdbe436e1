import ApusJOSE
import ApusTesting

/// What a token is that comes with a number: of the issuer's key of this number, or of somebody else's.
enum RemoteToken: String, CaseIterable, Sendable {
    case genuine
    /// Signed with another key under the identifier of the genuine one.
    case impostor
    /// Signed with a key under an identifier that the issuer never had.
    case ghost

    func text(_ number: Int) -> String { IssuerKeys.tokens[self]?[number % IssuerKeys.count] ?? "" }

    /// What the refusal says when the keys are known.
    func refusal(isKeyKnown: Bool) -> String {
        self == .impostor && isKeyKnown ? "The signature is invalid" : "The signature key was not found"
    }
}

/// The keys that the issuer publishes one after the other, the same in every run, and tokens under them.
enum IssuerKeys {
    /// After the last one the first comes again.
    static let count = 24

    /// The public keys as JWKs in JSON.
    static let published: [String] = (0..<count).map { number in
        (try? key(number, named: name(number)).verificationKey.publicJWK?.json()) ?? ""
    }

    static let tokens: [RemoteToken: [String]] = [
        .genuine: (0..<count).map { token(try? key($0, named: name($0))) },
        .impostor: (0..<count).map { token(try? key($0 + count, named: name($0))) },
        .ghost: (0..<count).map { token(try? key($0 + 2 * count, named: "ghost-\($0)")) },
    ]

    static func set(of numbers: [Int], padding: String = "") -> String {
        "{\"keys\":[\(numbers.map { published[$0 % count] }.joined(separator: ","))]\(padding)}"
    }

    private static func name(_ number: Int) -> String { "issuer-\(number)" }

    /// An Ed25519 key from 32 octets, as PKCS #8 has it (RFC 8410 §7): its signatures are the same in every run (RFC 8032).
    private static func key(_ number: Int, named kid: String) throws -> SigningKey {
        var dice = SplitMix64(seed: UInt64(number))
        let prefix: [UInt8] = [0x30, 0x2E, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 0x22, 4, 0x20]
        return try SigningKey(JWK(der: prefix + dice.octets(32)), kid: kid)
    }

    /// Good for a hundred days from the world's beginning, so that only the keys decide.
    private static func token(_ key: SigningKey?) -> String {
        guard let key else { return "" }
        let claims: JSONValue = ["iss": "https://login.example", "aud": "orders", "sub": "ada", "exp": 1_758_640_000]
        return (try? JWS.sign(claims.serialized(), with: key)) ?? ""
    }
}

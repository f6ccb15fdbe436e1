import ApusCrypto

/// Reads the members that hold the material of a JWK; the numbers themselves are judged where the key is made.
struct JWKReader {
    private let object: JSONObject

    init(_ object: JSONObject) {
        self.object = object
    }

    /// - Throws: `KeyError.memberMissing` or `KeyError.memberInvalid`.
    func string(_ name: String) throws(KeyError) -> String {
        guard let string = try JWK.Metadata.string(name, in: object) else { throw .memberMissing(name) }
        // Names are compared octet by octet (RFC 7517 §4.1), and Swift's == is that for ASCII alone: U+212A equals K.
        guard string.utf8.allSatisfy({ $0 < 0x80 }) else { throw .memberInvalid(name, expected: "ASCII text") }
        return string
    }

    func rsaComponents() throws(KeyError) -> RSAComponents {
        // RFC 7518 §6.3.2.7: more than two primes, which hardly any library has ever supported.
        if object["oth"] != nil { throw .memberInvalid("oth", expected: "an RSA key of two primes, without it") }
        return RSAComponents(
            modulus: try number("n"), exponent: try number("e"), privateParts: try rsaPrivateParts())
    }

    // RFC 7518 §6.3.2: with one of p, q, dp, dq and qi all must be there, and d. A key with d alone is refused too: it
    // is slower, and nothing shows that d belongs to the modulus.
    private func rsaPrivateParts() throws(KeyError) -> RSAPrivateParts? {
        let names = ["d", "p", "q", "dp", "dq", "qi"]
        guard names.contains(where: { object[$0] != nil }) else { return nil }
        return RSAPrivateParts(
            d: try secretNumber("d"), p: try secretNumber("p"), q: try secretNumber("q"),
            dp: try secretNumber("dp"), dq: try secretNumber("dq"), qi: try secretNumber("qi"))
    }

    func ecComponents() throws(KeyError) -> ECComponents {
        let name = try string("crv")
        let curve: EllipticCurve
        switch name {
        case "P-256": curve = .p256
        case "P-384": curve = .p384
        case "P-521": curve = .p521
        case "secp256k1": curve = .secp256k1
        default: throw .curveNotSupported(name)
        }
        return ECComponents(
            curve: curve, x: try octets("x"), y: try octets("y"), d: try object["d"] == nil ? nil : secret("d"))
    }

    func okpComponents() throws(KeyError) -> OKPComponents {
        let name = try string("crv")
        let kind: KeyKind
        switch name {
        case "Ed25519": kind = .ed25519
        case "Ed448": kind = .ed448
        case "X25519": kind = .x25519
        case "X448": kind = .x448
        default: throw .curveNotSupported(name)
        }
        return OKPComponents(kind: kind, x: try octets("x"), d: try object["d"] == nil ? nil : secret("d"))
    }

    func secret(_ name: String) throws(KeyError) -> SecretBytes {
        let text = try string(name)
        let utf8 = text.utf8
        do {
            return try SecretBytes(count: try Base64URL.decodedCount(utf8.count)) {
                (octets) throws(Base64URL.Error) in try Base64URL.decode(utf8.span, into: &octets)
            }
        } catch {
            throw .memberInvalid(name, expected: Self.base64URL)
        }
    }

    private func octets(_ name: String) throws(KeyError) -> [UInt8] {
        let text = try string(name)
        do {
            return try Base64URL.decode(text)
        } catch {
            throw .memberInvalid(name, expected: Self.base64URL)
        }
    }

    // RFC 7518 §2, Base64urlUInt: in the fewest octets, so that each number has one text and each key one thumbprint.
    private func number(_ name: String) throws(KeyError) -> [UInt8] {
        let octets = try octets(name)
        guard let first = octets.first, first != 0 else { throw .memberInvalid(name, expected: Self.number) }
        return octets
    }

    private func secretNumber(_ name: String) throws(KeyError) -> SecretBytes {
        let secret = try secret(name)
        guard secret.withBytes({ $0.count > 0 && $0[0] != 0 }) else {
            throw .memberInvalid(name, expected: Self.number)
        }
        return secret
    }

    private static let base64URL = "Base64url without padding (RFC 7515 §2)"
    private static let number = "a positive number in Base64url without leading zero octets (RFC 7518 §2)"
}

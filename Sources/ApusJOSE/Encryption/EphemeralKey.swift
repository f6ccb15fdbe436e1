import ApusCrypto

/// The public key of the sender that stands in `epk` (RFC 7518 §4.6.1.1, RFC 8037 §2).
enum EphemeralKey {
    static func object(of key: AsymmetricKey) throws(KeyMaterialError) -> JSONObject {
        if case .ec(let curve) = key.kind {
            let components = try key.ecComponents()
            return [
                "kty": "EC", "crv": .string(name(of: curve)), "x": .string(Base64URL.encode(components.x)),
                "y": .string(Base64URL.encode(components.y)),
            ]
        }
        let components = try key.okpComponents()
        let name = key.kind == .x25519 ? "X25519" : "X448"
        return ["kty": "OKP", "crv": .string(name), "x": .string(Base64URL.encode(components.x))]
    }

    /// Reads the key of a message, which must be of the recipient's own kind and curve, and on that curve.
    static func key(in header: JWEHeader, of kind: KeyKind) throws(JWEError) -> AsymmetricKey {
        guard let object = header.members["epk"]?.object, let key = try? key(object, of: kind) else {
            throw .headerParameterInvalid("epk")
        }
        return key
    }

    private static func key(_ object: JSONObject, of kind: KeyKind) throws -> AsymmetricKey? {
        switch kind {
        case .ec(let curve):
            guard isNamed("EC", name(of: curve), object),
                let x = object["x"]?.string, let y = object["y"]?.string
            else { return nil }
            let components = ECComponents(
                curve: curve, x: try Base64URL.decode(x), y: try Base64URL.decode(y), d: nil)
            return try AsymmetricKey(ec: components)
        case .x25519, .x448:
            guard isNamed("OKP", kind == .x25519 ? "X25519" : "X448", object),
                let x = object["x"]?.string
            else { return nil }
            return try AsymmetricKey(okp: OKPComponents(kind: kind, x: try Base64URL.decode(x), d: nil))
        case .rsa, .ed25519, .ed448:
            return nil
        }
    }

    private static func isNamed(_ type: String, _ curve: String, _ object: JSONObject) -> Bool {
        object["kty"]?.string?.hasSameOctets(as: type) == true
            && object["crv"]?.string?.hasSameOctets(as: curve) == true
    }

    private static func name(of curve: EllipticCurve) -> String {
        switch curve {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        case .secp256k1: "secp256k1"
        }
    }
}

import ApusCrypto

/// The secret or the asymmetric key inside a JWK.
enum KeyMaterial: Sendable {
    case secret(SecretBytes)
    case asymmetric(AsymmetricKey)

    /// - Throws: `KeyError.secretIsNoSecret` for what others may know.
    init(secret: SecretBytes) throws(KeyError) {
        if secret.withBytes(SecretInspection.looksLikeKeyFile) { throw .secretIsNoSecret }
        self = .secret(secret)
    }

    /// Makes a key by one of the ways of the floor below, whose errors become those of this floor.
    init(_ make: () throws(KeyMaterialError) -> AsymmetricKey) throws(KeyError) {
        do {
            self = .asymmetric(try make())
        } catch {
            throw KeyError(error)
        }
    }

    var isPrivate: Bool {
        switch self {
        case .secret: true
        case .asymmetric(let key): key.isPrivate
        }
    }

    var kind: JWK.Kind {
        switch self {
        case .secret(let secret): .secret(octets: secret.count)
        case .asymmetric(let key): JWK.Kind(key.kind)
        }
    }

    /// The members that are required of every JWK of the kind, without private ones, in the order of RFC 7638 §3.3.
    func publicMembers() throws(KeyError) -> JSONObject {
        guard case .asymmetric(let key) = self else { return ["kty": "oct"] }
        do {
            switch key.kind {
            case .rsa:
                let parts = try key.rsaComponents()
                return ["e": Self.text(parts.exponent), "kty": "RSA", "n": Self.text(parts.modulus)]
            case .ec:
                let parts = try key.ecComponents()
                return [
                    "crv": .string(kind.description), "kty": "EC", "x": Self.text(parts.x), "y": Self.text(parts.y),
                ]
            case .ed25519, .ed448, .x25519, .x448:
                let parts = try key.okpComponents()
                return ["crv": .string(kind.description), "kty": "OKP", "x": Self.text(parts.x)]
            }
        } catch {
            throw KeyError(error)
        }
    }

    /// The members that must stay secret, in the order of RFC 7518 §6.
    func privateMembers() throws(KeyError) -> JSONObject {
        do {
            switch self {
            case .secret(let secret): return ["k": Self.text(secret)]
            case .asymmetric(let key):
                switch key.kind {
                case .rsa:
                    guard let parts = try key.rsaComponents().privateParts else { return [:] }
                    return [
                        "d": Self.text(parts.d), "p": Self.text(parts.p), "q": Self.text(parts.q),
                        "dp": Self.text(parts.dp), "dq": Self.text(parts.dq), "qi": Self.text(parts.qi),
                    ]
                case .ec:
                    guard let d = try key.ecComponents().d else { return [:] }
                    return ["d": Self.text(d)]
                case .ed25519, .ed448, .x25519, .x448:
                    guard let d = try key.okpComponents().d else { return [:] }
                    return ["d": Self.text(d)]
                }
            }
        } catch {
            throw KeyError(error)
        }
    }

    private static func text(_ octets: [UInt8]) -> JSONValue {
        .string(Base64URL.encode(octets))
    }

    private static func text(_ secret: SecretBytes) -> JSONValue {
        .string(secret.withBytes { Base64URL.encode($0) })
    }
}

extension JWK.Kind {
    init(_ kind: KeyKind) {
        switch kind {
        case .rsa(let bits): self = .rsa(bits: bits)
        case .ec(.p256): self = .p256
        case .ec(.p384): self = .p384
        case .ec(.p521): self = .p521
        case .ec(.secp256k1): self = .secp256k1
        case .ed25519: self = .ed25519
        case .ed448: self = .ed448
        case .x25519: self = .x25519
        case .x448: self = .x448
        }
    }

    /// The kind of the floor below, nil for a shared secret.
    var asymmetric: KeyKind? {
        switch self {
        case .rsa(let bits): .rsa(bits: bits)
        case .p256: .ec(.p256)
        case .p384: .ec(.p384)
        case .p521: .ec(.p521)
        case .secp256k1: .ec(.secp256k1)
        case .ed25519: .ed25519
        case .ed448: .ed448
        case .x25519: .x25519
        case .x448: .x448
        case .secret: nil
        }
    }
}

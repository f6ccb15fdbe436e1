import ApusCrypto

/// A key that signs tokens, with its identifier and the one algorithm it is for.
///
/// The algorithm belongs to the key: what a token's header names is compared with it and never chooses. No description
/// of a key shows its material.
public struct SigningKey: Sendable {
    /// The identifier that tokens carry in `kid`, 1 to 256 octets.
    public let kid: String
    /// The algorithm of every signature that this key makes.
    public let algorithm: SignatureAlgorithm
    /// What verifies this key's signatures, under the same identifier and for the same algorithm alone.
    ///
    /// A shared secret signs and verifies, so of such a key this is no less secret.
    public let verificationKey: VerificationKey
    /// The length of every signature of this key in octets.
    let signatureCount: Int

    /// The header of a token to which nothing was added, ready to be written and to be recognised.
    let plainHeader: EncodedHeader
    private let material: KeyMaterial
    private let signer: Signer

    private enum Signer {
        case hmac(HMACKey)
        case asymmetric(ApusCrypto.Signer)
    }

    /// Takes a private key or a shared secret for signing.
    ///
    /// The algorithm is the one given, or else the one that the JWK names, or else that of its kind: RS256 for RSA,
    /// ES256, ES384, ES512 or ES256K by the curve, EdDSA, and the strongest HMAC that a secret is long enough for. The
    /// identifier is the one given, or else the JWK's, or else its SHA-256 thumbprint.
    /// - Throws: `KeyError` when the key is public, too short, not for the algorithm, or by its `alg`, `use` or
    ///   `key_ops` not for signing.
    public init(_ jwk: JWK, algorithm: SignatureAlgorithm? = nil, kid: String? = nil) throws(KeyError) {
        try jwk.checkPermits(.sign)
        guard jwk.isPrivate else { throw .privatePartMissing }
        let algorithm = try jwk.signatureAlgorithms(asked: algorithm)[0]
        let verifier = try SignatureVerifier(jwk.material, algorithm)
        let kid = try jwk.identifier(asked: kid)
        switch (verifier, jwk.material, algorithm.method) {
        case (.hmac(let key), _, _): signer = .hmac(key)
        case (.asymmetric, .asymmetric(let key), .asymmetric(let scheme)):
            do {
                signer = .asymmetric(try ApusCrypto.Signer(key, scheme))
            } catch {
                throw .cryptographyUnavailable(error.description)
            }
        case (.asymmetric, _, _): throw .algorithmUnsuited(algorithm, kind: jwk.kind)
        }
        self.kid = kid
        self.algorithm = algorithm
        material = jwk.material
        signatureCount = verifier.signatureCount
        plainHeader = EncodedHeader(algorithm: algorithm, kid: kid)
        verificationKey = VerificationKey(
            kid: kid, algorithms: [algorithm], verifiers: [verifier], publicKey: jwk.material.publicPart)
    }

    /// Makes a new key for an algorithm: RSA of 3,072 bits, a key on the algorithm's curve (Ed25519 for EdDSA), or a
    /// random secret as long as the hash.
    ///
    /// - Throws: `KeyError.cryptographyUnavailable` when the generator of random octets is not available, and
    ///   `KeyError.kidLengthInvalid`.
    public static func generated(
        _ algorithm: SignatureAlgorithm,
        kid: String? = nil
    ) throws(KeyError) -> SigningKey {
        try SigningKey(JWK.generate(algorithm.generatedKind), algorithm: algorithm, kid: kid)
    }

    /// The key as a private JWK that names its identifier and its algorithm, for keeping it.
    func jwk() throws(KeyError) -> JWK {
        var jwk = try JWK(material)
        jwk.kid = kid
        jwk.algorithm = algorithm.rawValue
        jwk.use = .signature
        return jwk
    }

    /// The shared secret, for deriving keys of other purposes from it; nil for an asymmetric key.
    var secret: SecretBytes? {
        if case .secret(let secret) = material { secret } else { nil }
    }

    /// Appends a dot and the signature of what stands before it, as the compact serialisation has it (RFC 7515 §7.1).
    func appendSignature(to token: inout [UInt8]) throws(CryptoError) {
        switch signer {
        case .hmac(let key):
            // On the stack: beside the hash an array is not cheap.
            var storage = InlineArray<64, UInt8>(repeating: 0)
            var code = storage.mutableSpan
            try key.authenticate(token.span, into: &code)
            token.append(UInt8(ascii: "."))
            Base64URL.append(code.span.extracting(first: signatureCount), to: &token)
        case .asymmetric(let signer):
            let signature = try signer.sign(token.span)
            token.append(UInt8(ascii: "."))
            Base64URL.append(signature.span, to: &token)
        }
    }

    func signature(for input: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        switch signer {
        case .hmac(let key): try key.authenticationCode(for: input)
        case .asymmetric(let signer): try signer.sign(input)
        }
    }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
    /// The algorithm and the identifier; never the material.
    public var description: String { "SigningKey(\(algorithm.rawValue), kid: \(EchoedText(kid)))" }

    /// The same as the description, for `dump` and debuggers.
    public var customMirror: Mirror { Mirror(self, children: ["algorithm": algorithm.rawValue, "kid": kid]) }
}

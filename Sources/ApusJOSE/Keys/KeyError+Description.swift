import ApusCrypto

extension KeyError: CustomStringConvertible {
    /// What was expected, what was found and what to do.
    public var description: String {
        switch self {
        case .hexadecimalMalformed:
            """
            The key is not hexadecimal: expected an even number of digits 0–9, a–f and nothing else, no prefix and no \
            spaces
            """
        case .base64URLMalformed:
            """
            The key is not Base64url: expected A–Z, a–z, 0–9, '-' and '_' without padding (RFC 4648 §5)
            """
        case .jsonMalformed(let error):
            "The key is no JWK in JSON: \(error)"
        case .textTooLong(let limit):
            "The text has more than \(limit) octets, which no key or set of keys needs; check that it is the right file"
        case .memberMissing(let name):
            "The JWK has no member '\(name)', which its type needs (RFC 7518 §6); export the key anew"
        case .memberInvalid(let name, let expected):
            "The member '\(name)' of the JWK is invalid: expected \(expected)"
        case .keyTypeNotSupported(let type):
            "The key type '\(EchoedText(type))' is not supported: expected RSA, EC, OKP or oct"
        case .curveNotSupported(let curve):
            """
            The curve '\(EchoedText(curve))' is not supported: expected P-256, P-384, P-521 or secp256k1 for EC, and \
            Ed25519, Ed448, X25519 or X448 for OKP
            """
        case .keyUnusable(let reason):
            reason
        case .passphraseMissing:
            "The key is encrypted; give the passphrase that it was encrypted with"
        case .passphraseWrong:
            "The passphrase does not open the key, or the file is damaged; check both"
        case .certificateMismatch(let name):
            """
            The certificate in '\(name)' is not this key's: expected the first certificate to be for the key and to \
            have the thumbprint that is stated; put the key's own certificate first
            """
        case .privatePartMissing:
            "The key is public, and this needs its private part; load the private key"
        case .secretHasNoPublicPart:
            "A shared secret has no public part to show; ask for private parts if it is for a safe place"
        case .noPEMForm:
            "A shared secret has no form in PEM or DER; write it as a JWK"
        case .rsaTooShort(let bits):
            """
            The RSA key has \(bits) bits, but needs at least 2048: shorter ones can be factored (RFC 7518 §3.3). Make \
            a new key
            """
        case .sizeNotOffered(let kind):
            """
            No key is made as \(kind): expected RSA with 2048 to 8192 bits, or a secret of 16 to 1024 octets
            """
        case .secretEmpty:
            "The secret has no octets; use at least 32 random ones"
        case .secretTooShort(let octets, let minimum, let algorithm):
            """
            The key has \(octets) octets, but \(algorithm.rawValue) needs at least \(minimum): a key shorter than the \
            hash is easier to guess than the signature is to forge (RFC 7518 §3.2). Use a longer random key
            """
        case .secretIsNoSecret:
            """
            The key looks like a certificate, a public or private key file, or a JWK. As an HMAC key it would let \
            everyone who knows that file sign tokens. Use random octets that only this server and its partners know
            """
        case .algorithmUnknown(let name):
            """
            The key is for the algorithm '\(EchoedText(name))', which makes no signatures here: expected one of \
            \(SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")). Use another key
            """
        case .algorithmContradicted(let stated, let asked):
            """
            The key says that it is for \(EchoedText(stated)), but \(asked) was asked for. Ask for what the key says, \
            or use a key that is for \(asked)
            """
        case .algorithmUnsuited(let algorithm, let kind):
            "\(algorithm.rawValue) cannot use a key of the kind \(kind). \(Self.remedy(for: kind))"
        case .encryptionAlgorithmUnknown(let name):
            """
            The key is for the algorithm '\(EchoedText(name))', which does not encrypt here: expected one of \
            \(KeyManagementAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")). Use another key
            """
        case .encryption(let error):
            error.description
        case .kindUnsuited(let kind):
            "A key of the kind \(kind) makes no signatures. \(Self.remedy(for: kind))"
        case .useNotPermitted(let use):
            "The key is for the use '\(use.rawValue)' alone (RFC 7517 §4.2). Use a key of its own for each use"
        case .operationNotPermitted(let operation):
            """
            The key's key_ops do not have '\(operation.rawValue)' (RFC 7517 §4.3). Use a key that is made for it
            """
        case .useContradictsOperations(let use, let operation):
            """
            The JWK says use '\(use.rawValue)' but key_ops '\(operation.rawValue)' (RFC 7517 §4.3). Leave one of the \
            two out
            """
        case .kidLengthInvalid(let octets):
            "The key identifier has \(octets) octets; expected 1 to 256"
        case .kidMissing:
            "The key has no identifier; give it the one that its issuer writes into tokens"
        case .kidTaken(let kid):
            "There already is a key '\(EchoedText(kid))'; give each key an identifier of its own"
        case .kidUnknown(let kid):
            "The store has no key '\(EchoedText(kid))'; add it first"
        case .tooManyKeys(let limit):
            "The set has more than \(limit) keys; remove those that are no longer used"
        case .signingKeyNotRemovable(let kid):
            "The key '\(EchoedText(kid))' signs; let another key sign with use(kid:) before removing it"
        case .signingImpossible(let kid):
            "The key '\(EchoedText(kid))' only verifies; add a key with a private part or a secret to sign with"
        case .cryptographyUnavailable(let operation):
            "The key could not be made: \(operation)"
        }
    }

    private static func remedy(for kind: JWK.Kind) -> String {
        let names = SignatureAlgorithm.suited(to: kind).map(\.rawValue).joined(separator: ", ")
        return names.isEmpty ? "Use a key for signatures" : "Use \(names), or a key of another kind"
    }

    /// Keeps apart what a caller can act on; the rest is told in the words of the floor below.
    init(_ error: KeyMaterialError) {
        switch error {
        case .passphraseMissing: self = .passphraseMissing
        case .passphraseWrong: self = .passphraseWrong
        case .rsaTooShort(let bits): self = .rsaTooShort(bits: bits)
        case .privatePartMissing: self = .privatePartMissing
        case .cryptographyUnavailable(let operation): self = .cryptographyUnavailable(operation)
        default: self = .keyUnusable(error.description)
        }
    }
}

/// Why a key was refused or a key store could not change; never a part of the key.
public enum KeyError: Error, Hashable, Sendable {
    /// The text is not an even number of hexadecimal digits.
    case hexadecimalMalformed
    /// The text is not Base64 with the URL-safe alphabet and without padding.
    case base64URLMalformed
    /// The text is no JSON.
    case jsonMalformed(JSONParsingError)
    /// The text or file has more octets than any key needs.
    case textTooLong(limit: Int)
    /// The JWK lacks a member that its type needs.
    case memberMissing(String)
    /// A member of the JWK has a value that it must not have.
    case memberInvalid(String, expected: String)
    /// The type of the key, `kty`, is not known here.
    case keyTypeNotSupported(String)
    /// The curve of the key, `crv`, is not known here or not of the key's type.
    case curveNotSupported(String)
    /// The key cannot be read, is damaged or contradicts itself, for the reason given.
    case keyUnusable(String)
    /// The key is encrypted, and no passphrase was given.
    case passphraseMissing
    /// The passphrase is not the one that the key is encrypted with.
    case passphraseWrong
    /// The modulus of the RSA key is shorter than 2,048 bits.
    case rsaTooShort(bits: Int)
    /// No new key of this size is made.
    case sizeNotOffered(JWK.Kind)
    /// The certificate or the thumbprint in this member is for another key.
    case certificateMismatch(String)
    /// What was asked for needs the private part, and this key has none.
    case privatePartMissing
    /// The shared secret has no octets.
    case secretEmpty
    /// The secret has fewer octets than its algorithm's hash.
    case secretTooShort(octets: Int, minimum: Int, algorithm: SignatureAlgorithm)
    /// The secret looks like a certificate, a public or private key, or a JWK: something that others may know.
    case secretIsNoSecret
    /// A shared secret is all private, so nothing of it can be shown without private parts.
    case secretHasNoPublicPart
    /// PEM and DER have no form for a shared secret.
    case noPEMForm
    /// The key says that it is for an algorithm that does not sign, or that is not known here.
    case algorithmUnknown(String)
    /// The key says that it is for one algorithm, and another was asked for.
    case algorithmContradicted(stated: String, asked: String)
    /// A key of this kind is not for this algorithm.
    case algorithmUnsuited(SignatureAlgorithm, kind: JWK.Kind)
    /// The key says that it is for an algorithm that does not encrypt, or that is not known here.
    case encryptionAlgorithmUnknown(String)
    /// The key cannot encrypt or decrypt, for the reason given.
    case encryption(EncryptionKeyError)
    /// A key of this kind makes no signatures.
    case kindUnsuited(JWK.Kind)
    /// The key says that it is for another use.
    case useNotPermitted(JWK.Use)
    /// The key says what may be done with it, and this is not among it.
    case operationNotPermitted(JWK.Operation)
    /// The key's use and its operations exclude each other.
    case useContradictsOperations(JWK.Use, JWK.Operation)
    /// The identifier is empty or has more than 256 octets.
    case kidLengthInvalid(octets: Int)
    /// A key of a store needs an identifier, and this one has none.
    case kidMissing
    /// Another key of the store or set has this identifier.
    case kidTaken(String)
    /// No key in the store has this identifier.
    case kidUnknown(String)
    /// The set has more keys than the limit.
    case tooManyKeys(limit: Int)
    /// The key signs, so it cannot be removed before another one does.
    case signingKeyNotRemovable(String)
    /// The key only verifies.
    case signingImpossible(String)
    /// OpenSSL could not make the key.
    case cryptographyUnavailable(String)
}

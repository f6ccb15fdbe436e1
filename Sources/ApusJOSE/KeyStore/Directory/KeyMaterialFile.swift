import ApusCrypto

/// What a file of a directory holds: a key that signs, or one that only verifies.
enum KeyMaterialFile {
    case signing(SigningKey)
    case verifying(VerificationKey)

    init(jwk object: JSONObject, file: String) throws(KeyStoreError) {
        guard object["kty"] == "oct", let text = object["k"]?.string else {
            throw .fileInvalid(file, reason: "expected a JWK")
        }
        do throws(KeyError) {
            let algorithm = object["alg"]?.string.flatMap(SignatureAlgorithm.named)
            self = .signing(try .hmac(base64URL: text, algorithm: algorithm, kid: object["kid"]?.string))
        } catch {
            throw .fileInvalid(file, reason: error.description)
        }
    }

    init(pem octets: SecretBytes, file: String) throws(KeyStoreError) {
        throw .fileInvalid(file, reason: "expected a key in PEM")
    }

    func storedKey(_ schedule: KeySchedule, file: String) throws(KeyStoreError) -> StoredKey {
        switch self {
        case .signing(let key): return StoredKey(key, schedule)
        case .verifying(let key):
            do {
                return try StoredKey(key, schedule)
            } catch {
                throw .fileInvalid(file, reason: error.description)
            }
        }
    }
}

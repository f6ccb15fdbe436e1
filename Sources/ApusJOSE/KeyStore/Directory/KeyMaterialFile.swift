import ApusCrypto

/// What a file of a directory holds: a key that signs, or one that only verifies.
enum KeyMaterialFile {
    case signing(SigningKey)
    case verifying(VerificationKey)

    init(jwk object: JSONObject, file: String) throws(KeyStoreError) {
        do throws(KeyError) {
            self = try Self(try JWK(object))
        } catch {
            throw .fileInvalid(file, reason: error.description)
        }
    }

    init(pem octets: SecretBytes, file: String) throws(KeyStoreError) {
        do throws(KeyError) {
            self = try Self(try octets.withBytes { (octets) throws(KeyError) in try JWK(pem: octets) })
        } catch {
            throw .fileInvalid(file, reason: error.description)
        }
    }

    private init(_ jwk: JWK) throws(KeyError) {
        self = jwk.isPrivate ? .signing(try SigningKey(jwk)) : .verifying(try VerificationKey(jwk))
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

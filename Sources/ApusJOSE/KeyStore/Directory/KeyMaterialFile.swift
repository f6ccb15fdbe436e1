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
        let text = octets.withBytes { octets -> String? in
            guard let text = try? UTF8Span(validating: octets) else { return nil }
            return String(copying: text)
        }
        guard let text else { throw .fileInvalid(file, reason: "expected a key in PEM") }
        do throws(KeyError) {
            self = try Self(try JWK(pem: text))
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

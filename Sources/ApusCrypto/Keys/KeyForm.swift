import COpenSSL

/// A structure in DER that holds a key.
enum KeyForm: CaseIterable {
    case pkcs8
    case encryptedPKCS8
    case subjectPublicKey
    case certificate
    case rsaPrivate
    case rsaPublic
    case ecPrivate

    /// RFC 7468 §4 and the older labels that `openssl` still writes.
    init?(label: String) {
        switch label {
        case "PRIVATE KEY": self = .pkcs8
        case "ENCRYPTED PRIVATE KEY": self = .encryptedPKCS8
        case "PUBLIC KEY": self = .subjectPublicKey
        case "CERTIFICATE": self = .certificate
        case "RSA PRIVATE KEY": self = .rsaPrivate
        case "RSA PUBLIC KEY": self = .rsaPublic
        case "EC PRIVATE KEY": self = .ecPrivate
        default: return nil
        }
    }

    var name: String {
        switch self {
        case .pkcs8: "PKCS#8 private key"
        case .encryptedPKCS8: "encrypted PKCS#8 private key"
        case .subjectPublicKey: "SubjectPublicKeyInfo"
        case .certificate: "X.509 certificate"
        case .rsaPrivate: "PKCS#1 private key"
        case .rsaPublic: "PKCS#1 public key"
        case .ecPrivate: "SEC 1 private key"
        }
    }

    var isPrivate: Bool {
        switch self {
        case .pkcs8, .encryptedPKCS8, .rsaPrivate, .ecPrivate: true
        case .subjectPublicKey, .certificate, .rsaPublic: false
        }
    }

    /// The key in `der`, which must be one whole structure; `nil` when it is not of this form.
    func read(
        _ der: UnsafeBufferPointer<UInt8>, passphrase: SecretBytes?
    ) throws(KeyMaterialError) -> AsymmetricKey? {
        guard DERStructure.isWhole(der) else { throw .unreadable(expected: name) }
        ERR_clear_error()
        defer { ERR_clear_error() }
        let found: OpenSSLObject?
        switch self {
        case .pkcs8: found = try DERStructure.pkcs8(der)
        case .encryptedPKCS8: found = try DERStructure.encryptedPKCS8(der, passphrase: passphrase)
        case .subjectPublicKey: found = try DERStructure.subjectPublicKey(der)
        case .certificate: found = try DERStructure.certificate(der)
        case .rsaPrivate: found = try DERStructure.traditional(der, "RSA", COpenSSL_EVP_PKEY_KEYPAIR)
        case .rsaPublic: found = try DERStructure.traditional(der, "RSA", COpenSSL_EVP_PKEY_PUBLIC_KEY)
        case .ecPrivate: found = try DERStructure.traditional(der, "EC", COpenSSL_EVP_PKEY_KEYPAIR)
        }
        guard let found else { return nil }
        return try AsymmetricKey(checking: found, isPrivate: isPrivate)
    }
}

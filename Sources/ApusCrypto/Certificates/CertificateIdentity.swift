import COpenSSL
package import FoundationEssentials

/// A certificate chain, the owner's certificate first, with the private key that belongs to it.
public struct CertificateIdentity: Sendable {
    /// The owner's certificate, then those that lead from it towards a root.
    public let chain: [Certificate]
    let privateKey: OpenSSLObject
    /// Where the two came from, for messages: paths, or a name for what was made here.
    let certificateSource: String
    let privateKeySource: String
    /// What a server staples to the certificate.
    private(set) package var ocspResponse: OCSPResponse?

    init(chain: [Certificate], privateKey: OpenSSLObject, certificateSource: String, privateKeySource: String) {
        self.chain = chain
        self.privateKey = privateKey
        self.certificateSource = certificateSource
        self.privateKeySource = privateKeySource
    }

    /// Reads both from PEM files; the two paths may be the same file.
    ///
    /// Whether they belong together and are strong enough is checked where they are used.
    /// - Throws: ``TLSConfigurationError``, which names the file and what is wrong with it.
    public init(certificateChain path: String, privateKey keyPath: String) throws(TLSConfigurationError) {
        let chain = try Certificate.all(path: path)
        let key = try Self.readPrivateKey(path: keyPath)
        self.init(chain: chain, privateKey: key, certificateSource: path, privateKeySource: keyPath)
    }

    /// The owner's certificate.
    public var certificate: Certificate { chain[0] }

    /// The whole chain as PEM text, for those who are to trust it.
    public var pemCertificate: String { chain.map(\.pem).joined() }

    /// The key as PEM text without a passphrase (PKCS#8): a secret.
    public var pemPrivateKey: String {
        MemoryText.collect { bio in PEM_write_bio_PrivateKey(bio, privateKey.pointer, nil, nil, 0, nil, nil) }
    }

    /// The same with an OCSP response that a server staples to the certificate.
    package func stapling(_ response: OCSPResponse) -> CertificateIdentity {
        var stapled = self
        stapled.ocspResponse = response
        return stapled
    }

    package var sha256Fingerprint: String { certificate.sha256Fingerprint }

    /// Checks what a peer would otherwise find out: that key and certificate belong together, are strong enough, and
    /// are valid at `date`.
    package func validate(at date: Date) throws(TLSConfigurationError) {
        defer { ERR_clear_error() }
        guard X509_check_private_key(certificate.handle.pointer, privateKey.pointer) == 1 else {
            throw .keyMismatch(certificate: certificateSource, privateKey: privateKeySource)
        }
        if let weakness = Self.weakness(of: privateKey.pointer) {
            throw .unsuitableKey(path: privateKeySource, found: weakness)
        }
        try checkValidity(at: date)
    }

    /// Checks that every certificate of the chain is valid at `date`.
    package func checkValidity(at date: Date) throws(TLSConfigurationError) {
        for certificate in chain {
            if date > certificate.notAfter { throw .expired(path: certificateSource, date: certificate.notAfter) }
            if date < certificate.notBefore {
                throw .notYetValid(path: certificateSource, date: certificate.notBefore)
            }
        }
    }

    /// Makes a context show this chain to its peers.
    func install(in context: OpaquePointer) throws(TLSConfigurationError) {
        ERR_clear_error()
        guard
            SSL_CTX_use_certificate(context, certificate.handle.pointer) == 1,
            SSL_CTX_use_PrivateKey(context, privateKey.pointer) == 1,
            chain.dropFirst().allSatisfy({ issuer in
                COpenSSL_SSL_CTX_add1_chain_cert(context, issuer.handle.pointer) == 1
            })
        else {
            throw .rejected(path: certificateSource, reason: OpenSSLFailure.takeReason())
        }
        // Otherwise OpenSSL searches the system's trust store for issuers in every handshake.
        COpenSSL_SSL_CTX_set_mode(context, Int(SSL_MODE_NO_AUTO_CHAIN))
    }

    private static func readPrivateKey(path: String) throws(TLSConfigurationError) -> OpenSSLObject {
        let source = try PEMSource(file: path)
        defer { ERR_clear_error() }
        // Without a callback of ours OpenSSL would ask for a passphrase on the terminal and wait.
        var isEncrypted = false
        let key = PEM_read_bio_PrivateKey(
            source.bio, nil,
            { _, _, _, isEncrypted in
                isEncrypted?.storeBytes(of: true, as: Bool.self)
                return -1
            }, &isEncrypted)
        guard let key else { throw isEncrypted ? .encryptedPrivateKey(path: path) : .noPrivateKey(path: path) }
        return OpenSSLObject(key, release: EVP_PKEY_free)
    }

    /// What is wrong with a key by NIST SP 800-57 (112 bits of strength) or RFC 8446 §4.2.3 (kinds and curves), if anything.
    private static func weakness(of key: OpaquePointer) -> String? {
        let bits = EVP_PKEY_get_bits(key)
        let kind = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "of an unknown kind"
        switch kind {
        case "ED25519":
            return nil
        case "RSA", "RSA-PSS":
            return bits >= 2_048 ? nil : "\(kind) of \(bits) bits"
        case "EC":
            var name = [CChar](repeating: 0, count: 64)
            var count = 0
            EVP_PKEY_get_group_name(key, &name, name.count, &count)
            let curve = String(decoding: name.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
            return ["prime256v1", "secp384r1", "secp521r1"].contains(curve) ? nil : "EC on the curve '\(curve)'"
        default:
            return "\(kind) of \(bits) bits"
        }
    }
}

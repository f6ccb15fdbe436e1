import COpenSSL
public import FoundationEssentials

/// An X.509 certificate (RFC 5280), read only.
///
/// What it says is only as true as whoever signed it: see ``TrustStore``.
public struct Certificate: Sendable {
    let handle: OpenSSLObject

    init(_ handle: OpenSSLObject) {
        self.handle = handle
    }

    /// Reads the first certificate of a PEM text.
    ///
    /// - Throws: ``TLSConfigurationError/noCertificate(path:)``.
    public init(pem: String) throws(TLSConfigurationError) {
        self = try Self.all(pem: pem)[0]
    }

    /// Reads one certificate in DER with nothing after it.
    ///
    /// - Throws: `.unreadable` for anything else.
    package init(der: Span<UInt8>) throws(KeyMaterialError) {
        defer { ERR_clear_error() }
        let certificate = der.withUnsafeBufferPointer { octets in
            var position = octets.baseAddress
            return DERStructure.isWhole(octets) ? d2i_X509(nil, &position, octets.count) : nil
        }
        guard let certificate else { throw .unreadable(expected: KeyForm.certificate.name) }
        self.init(OpenSSLObject(certificate, release: X509_free))
        // OpenSSL also reads lengths that DER has in one form alone; a thumbprint goes over the octets that came.
        guard self.der == der.withUnsafeBufferPointer({ Array($0) }) else {
            throw .unreadable(expected: KeyForm.certificate.name)
        }
    }

    /// Reads every certificate of a PEM text, in the order of the text; there is at least one.
    package static func all(pem: String) throws(TLSConfigurationError) -> [Certificate] {
        try all(in: PEMSource(pem))
    }

    /// Reads every certificate of a PEM file, in the order of the file; there is at least one.
    package static func all(path: String) throws(TLSConfigurationError) -> [Certificate] {
        try all(in: PEMSource(file: path))
    }

    private static func all(in source: PEMSource) throws(TLSConfigurationError) -> [Certificate] {
        var certificates: [Certificate] = []
        while let certificate = next(in: source) {
            certificates.append(certificate)
        }
        if certificates.isEmpty { throw .noCertificate(path: source.name) }
        return certificates
    }

    private static func next(in source: PEMSource) -> Certificate? {
        defer { ERR_clear_error() }
        guard let certificate = PEM_read_bio_X509(source.bio, nil, nil, nil) else { return nil }
        return Certificate(OpenSSLObject(certificate, release: X509_free))
    }

    /// The subject's name in the form of RFC 4514, such as `CN=localhost,O=Example`: the last part of the name first.
    public var subject: String { Self.text(X509_get_subject_name(handle.pointer)) }

    /// The name of who issued the certificate, in the form of `subject`.
    public var issuer: String { Self.text(X509_get_issuer_name(handle.pointer)) }

    private static func text(_ name: OpaquePointer?) -> String {
        MemoryText.collect { bio in
            // Without the escapes for the upper half of Latin-1, a name in UTF-8 stays readable.
            let flags = COpenSSL_XN_FLAG_RFC2253 & ~UInt(ASN1_STRFLGS_ESC_MSB)
            return X509_NAME_print_ex(bio, name, 0, flags)
        }
    }

    /// The first instant at which the certificate is valid.
    public var notBefore: Date {
        Self.date(X509_get0_notBefore(handle.pointer))
    }

    /// The last instant at which the certificate is valid.
    public var notAfter: Date {
        Self.date(X509_get0_notAfter(handle.pointer))
    }

    /// The certificate in PEM form.
    public var pem: String {
        MemoryText.collect { bio in PEM_write_bio_X509(bio, handle.pointer) }
    }

    /// The certificate in DER form.
    public var der: [UInt8] { Self.encode(handle.pointer) }

    static func encode(_ certificate: OpaquePointer) -> [UInt8] {
        let count = max(0, Int(i2d_X509(certificate, nil)))
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            var position = buffer.baseAddress
            initialized = max(0, Int(i2d_X509(certificate, &position)))
        }
    }

    /// The key that the certificate is for, checked like every other key.
    package func publicKey() throws(KeyMaterialError) -> AsymmetricKey {
        ERR_clear_error()
        return try AsymmetricKey(checking: DERStructure.key(ofCertificate: handle.pointer), isPrivate: false)
    }

    /// SHA-1 over the DER form: the octets of `x5t` (RFC 7515 §4.1.7).
    package var sha1Digest: [UInt8] { DigestAlgorithm.digest(.sha1, der.span) }

    /// SHA-256 over the DER form: the octets of `x5t#S256` (RFC 7515 §4.1.8).
    package var sha256Digest: [UInt8] { DigestAlgorithm.digest(.sha256, der.span) }

    /// SHA-256 over the DER form: 32 octets in upper-case hex with colons between, as browsers and `openssl` show it.
    public var sha256Fingerprint: String {
        let digest = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(EVP_MAX_MD_SIZE)) { buffer in
            var count: UInt32 = 0
            X509_digest(handle.pointer, EVP_sha256(), buffer.baseAddress, &count)
            return Array(buffer.prefix(Int(count)))
        }
        return UpperCaseHexadecimal.text(digest, separator: ":")
    }

    /// An unreadable time counts as the distant past, so that a certificate with a broken end has expired.
    static func date(_ time: UnsafePointer<ASN1_TIME>?) -> Date {
        let epoch = ASN1_TIME_set(nil, 0)
        defer { ASN1_STRING_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
            ERR_clear_error()
            return .distantPast
        }
        return Date(timeIntervalSince1970: Double(days) * 86_400 + Double(seconds))
    }
}

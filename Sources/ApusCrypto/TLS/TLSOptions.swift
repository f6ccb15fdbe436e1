/// What a server lets its clients choose; what is weak cannot be written here.
public struct TLSOptions: Sendable {
    /// The oldest version that is spoken: TLS 1.2.
    public var minimumVersion = TLSVersion.tls12

    /// The cipher suites, the most wanted first: all.
    ///
    /// AES-128 comes first because it is the cheapest; a client without AES instructions puts ChaCha20 first, which is followed then. Every
    /// version that is spoken needs one.
    public var cipherSuites = CipherSuite.allCases

    /// The groups for the exchange of keys, the most wanted first: X25519, P-256 and P-384.
    public var groups = [KeyExchangeGroup.x25519, .p256, .p384]

    /// The defaults.
    public init() {}

    func check() throws(TLSConfigurationError) {
        for version in TLSVersion.allCases where version.number >= minimumVersion.number {
            guard cipherSuites.contains(where: { $0.version == version }) else {
                throw .unusableOptions("no cipher suite for \(version.rawValue)")
            }
        }
        if groups.isEmpty { throw .unusableOptions("no group for the exchange of keys") }
    }

    func suites(of version: TLSVersion) -> String {
        cipherSuites.filter { $0.version == version }.map(\.rawValue).joined(separator: ":")
    }
}

/// The cipher suites that may be used: forward secrecy and authenticated encryption, as HTTP/2 demands too (RFC 9113 §9.2.2).
public enum CipherSuite: String, Sendable, CaseIterable {
    /// TLS 1.3 (RFC 8446 §B.4).
    case aes128GCM = "TLS_AES_128_GCM_SHA256"
    /// TLS 1.3.
    case aes256GCM = "TLS_AES_256_GCM_SHA384"
    /// TLS 1.3.
    case chacha20Poly1305 = "TLS_CHACHA20_POLY1305_SHA256"
    /// TLS 1.2 (RFC 5289), for a certificate with an EC key.
    case ecdheECDSAWithAES128GCM = "ECDHE-ECDSA-AES128-GCM-SHA256"
    /// TLS 1.2, for a certificate with an RSA key.
    case ecdheRSAWithAES128GCM = "ECDHE-RSA-AES128-GCM-SHA256"
    /// TLS 1.2, for a certificate with an EC key.
    case ecdheECDSAWithAES256GCM = "ECDHE-ECDSA-AES256-GCM-SHA384"
    /// TLS 1.2, for a certificate with an RSA key.
    case ecdheRSAWithAES256GCM = "ECDHE-RSA-AES256-GCM-SHA384"
    /// TLS 1.2 (RFC 7905), for a certificate with an EC key.
    case ecdheECDSAWithChaCha20Poly1305 = "ECDHE-ECDSA-CHACHA20-POLY1305"
    /// TLS 1.2, for a certificate with an RSA key.
    case ecdheRSAWithChaCha20Poly1305 = "ECDHE-RSA-CHACHA20-POLY1305"

    /// The version that it belongs to.
    public var version: TLSVersion { rawValue.hasPrefix("TLS_") ? .tls13 : .tls12 }
}

/// The groups in which client and server may agree on keys (RFC 8446 §4.2.7).
public enum KeyExchangeGroup: String, Sendable, CaseIterable {
    /// RFC 7748.
    case x25519 = "X25519"
    /// RFC 7748.
    case x448 = "X448"
    /// NIST P-256.
    case p256 = "P-256"
    /// NIST P-384.
    case p384 = "P-384"
    /// NIST P-521.
    case p521 = "P-521"
}

import ApusCrypto
import FoundationEssentials

/// The certificates that come with a key (RFC 7517 §4.7), the key's own first.
///
/// Whether anyone trusts them is not judged here; only that the first one is for the key.
struct CertificateChain {
    /// Ten are more than any chain in use has.
    static let maximumCount = 10

    let certificates: [Certificate]
    private var thumbprints: [(name: String, value: String, digest: DigestAlgorithm)] = []

    var der: [[UInt8]] { certificates.map(\.der) }

    init(_ certificates: [Certificate]) throws(KeyError) {
        guard certificates.count <= Self.maximumCount else {
            throw .memberInvalid("x5c", expected: "at most \(Self.maximumCount) certificates")
        }
        self.certificates = certificates
    }

    /// Reads `x5c` and the thumbprints `x5t` and `x5t#S256`; nil for a JWK without `x5c`.
    init?(_ object: JSONObject) throws(KeyError) {
        guard let value = object["x5c"] else { return nil }
        let expected = "an array of certificates, each DER in Base64 with padding (RFC 7517 §4.7)"
        guard let texts = value.array, !texts.isEmpty, texts.count <= Self.maximumCount else {
            throw .memberInvalid("x5c", expected: expected)
        }
        var certificates: [Certificate] = []
        for text in texts {
            guard let text = text.string, let der = try? Base64.decode(text),
                let certificate = try? Certificate(der: der.span)
            else { throw .memberInvalid("x5c", expected: expected) }
            certificates.append(certificate)
        }
        try self.init(certificates)
        for (name, digest) in [("x5t", DigestAlgorithm.sha1), ("x5t#S256", .sha256)] {
            if let value = try JWK.Metadata.string(name, in: object) { thumbprints.append((name, value, digest)) }
        }
    }

    /// Refuses a chain whose first certificate is for another key, or has another thumbprint than was said.
    func check(isFor material: KeyMaterial) throws(KeyError) {
        guard let first = certificates.first else { return }
        guard case .asymmetric(let key) = material, let certified = try? first.publicKey(),
            certified.hasSamePublicKey(as: key)
        else { throw .certificateMismatch("x5c") }
        let der = first.der
        for thumbprint in thumbprints {
            let actual = Base64URL.encode(DigestAlgorithm.digest(thumbprint.digest, der.span))
            guard thumbprint.value.hasSameOctets(as: actual) else { throw .certificateMismatch(thumbprint.name) }
        }
    }

    /// A certificate as `x5c` has it.
    static func text(_ der: [UInt8]) -> String {
        Data(der).base64EncodedString()
    }
}

extension JWK {
    /// The SHA-256 of the key's certificate in Base64url, `x5t#S256`; nil for a key without a certificate.
    public var certificateThumbprint: String? {
        certificateChain.first.map { Base64URL.encode(DigestAlgorithm.digest(.sha256, $0.span)) }
    }
}

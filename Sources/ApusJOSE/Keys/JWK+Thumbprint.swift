import ApusCrypto

/// The hash of a JWK thumbprint, named as in the registry of RFC 9278.
public enum ThumbprintHash: String, Hashable, Sendable, CaseIterable {
    /// SHA-256, the usual one.
    case sha256 = "sha-256"
    /// SHA-384.
    case sha384 = "sha-384"
    /// SHA-512.
    case sha512 = "sha-512"

    var digest: DigestAlgorithm {
        switch self {
        case .sha256: .sha256
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }
}

extension JWK {
    /// An identifier that is computed from the key itself (RFC 7638), in Base64url.
    ///
    /// A private key has that of its public key. That of a shared secret is a hash of the secret: it tells a random one
    /// to nobody, and lets a guessable one be tried out.
    public func thumbprint(_ hash: ThumbprintHash = .sha256) -> String {
        switch material {
        case .secret(let secret): return Thumbprint.ofSecret(secret, hash.digest)
        case .asymmetric:
            let document = JSONValue.object(publicMembers).serialized()
            return Base64URL.encode(DigestAlgorithm.digest(hash.digest, document.span))
        }
    }

    /// The thumbprint as a URI, `urn:ietf:params:oauth:jwk-thumbprint:sha-256:` and so on (RFC 9278).
    public func thumbprintURI(_ hash: ThumbprintHash = .sha256) -> String {
        "urn:ietf:params:oauth:jwk-thumbprint:\(hash.rawValue):\(thumbprint(hash))"
    }
}

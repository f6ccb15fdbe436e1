import COpenSSL

/// One OpenSSL context that is ready to sign or to verify; whoever holds it has it alone.
///
/// Unchecked: OpenSSL lets any thread use a context, one at a time. `SignatureContexts` hands each to one caller.
final class SignatureContext: @unchecked Sendable {
    enum Purpose {
        case sign
        case verify
    }

    /// P-521 makes the longest: two INTEGERs of 66 octets each, with sign and headers.
    private static let maximumECDSAOctets = 144

    private let key: OpenSSLObject
    private let scheme: SignatureScheme
    /// An `EVP_PKEY_CTX`, for every scheme that signs a digest.
    private let context: OpaquePointer?
    /// An `EVP_MD_CTX`, for EdDSA, which signs the message.
    private let oneShot: OpaquePointer?

    /// `nil` when OpenSSL is out of memory, or does not let this key sign so.
    init?(_ key: AsymmetricKey, _ scheme: SignatureScheme, _ purpose: Purpose) {
        self.key = key.handle
        self.scheme = scheme
        guard let digest = scheme.digest else {
            guard let made = EVP_MD_CTX_new() else { return nil }
            oneShot = made
            context = nil
            return
        }
        guard let made = EVP_PKEY_CTX_new_from_pkey(nil, key.handle.pointer, nil) else { return nil }
        context = made
        oneShot = nil
        let isReady = purpose == .sign ? EVP_PKEY_sign_init(made) : EVP_PKEY_verify_init(made)
        guard isReady == 1, EVP_PKEY_CTX_set_signature_md(made, digest.implementation) == 1,
            Self.setPadding(of: made, scheme)
        else { return nil }
    }

    deinit {
        EVP_PKEY_CTX_free(context)
        EVP_MD_CTX_free(oneShot)
    }

    private static func setPadding(of context: OpaquePointer, _ scheme: SignatureScheme) -> Bool {
        switch scheme {
        case .rsaPKCS1:
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        case .rsaPSS(let digest):
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md_name(context, digest.name, nil) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, Int32(digest.byteCount)) == 1
        case .ecdsa, .edDSA:
            true
        }
    }

    /// Fills `output`, which has exactly the room of a signature.
    func sign(_ message: Span<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        switch scheme {
        case .edDSA:
            return message.withUnsafeBufferPointer { message in
                var count = output.count
                return EVP_DigestSignInit(oneShot, nil, nil, nil, key.pointer) == 1
                    && EVP_DigestSign(oneShot, output.baseAddress, &count, message.baseAddress, message.count) == 1
                    && count == output.count
            }
        case .ecdsa(let digest):
            let hash = DigestAlgorithm.digest(digest, message)
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maximumECDSAOctets) { der in
                var count = der.count
                return EVP_PKEY_sign(context, der.baseAddress, &count, hash, hash.count) == 1
                    && ECDSASignature.write(der: UnsafeBufferPointer(rebasing: der[..<count]), to: output)
            }
        case .rsaPKCS1(let digest), .rsaPSS(let digest):
            let hash = DigestAlgorithm.digest(digest, message)
            var count = output.count
            return EVP_PKEY_sign(context, output.baseAddress, &count, hash, hash.count) == 1 && count == output.count
        }
    }

    func verify(_ signature: Span<UInt8>, _ message: Span<UInt8>) -> Bool {
        signature.withUnsafeBufferPointer { signature in
            switch scheme {
            case .edDSA:
                return message.withUnsafeBufferPointer { message in
                    EVP_DigestVerifyInit(oneShot, nil, nil, nil, key.pointer) == 1
                        && EVP_DigestVerify(
                            oneShot, signature.baseAddress, signature.count, message.baseAddress, message.count) == 1
                }
            case .ecdsa(let digest):
                let hash = DigestAlgorithm.digest(digest, message)
                return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maximumECDSAOctets) { der in
                    guard let count = ECDSASignature.write(signature, toDER: der) else { return false }
                    return EVP_PKEY_verify(context, der.baseAddress, count, hash, hash.count) == 1
                }
            case .rsaPKCS1(let digest), .rsaPSS(let digest):
                let hash = DigestAlgorithm.digest(digest, message)
                return EVP_PKEY_verify(context, signature.baseAddress, signature.count, hash, hash.count) == 1
            }
        }
    }
}

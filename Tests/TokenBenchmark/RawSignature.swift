import COpenSSL

/// Signing and verifying as fast as OpenSSL can under one key: contexts that were set up once.
final class RawSignature {
    private let key: OpaquePointer
    private let digest: OpaquePointer?
    private let signing: OpaquePointer
    private let verifying: OpaquePointer
    private let oneShot = EVP_MD_CTX_new()
    private(set) var signature: [UInt8] = []

    /// - Parameter digest: such as `SHA256`; nil for EdDSA, which signs the message itself.
    init(pem: String, digest name: String?) {
        let bio = BIO_new(BIO_s_mem())
        BIO_write(bio, pem, Int32(pem.utf8.count))
        guard let key = PEM_read_bio_PrivateKey(bio, nil, nil, nil), let signing = EVP_PKEY_CTX_new(key, nil),
            let verifying = EVP_PKEY_CTX_new(key, nil)
        else { fatalError("no private key") }
        BIO_free(bio)
        self.key = key
        self.signing = signing
        self.verifying = verifying
        digest = name.flatMap { EVP_MD_fetch(nil, $0, nil) }
        guard let digest else { return }
        for (context, prepare) in [(signing, EVP_PKEY_sign_init), (verifying, EVP_PKEY_verify_init)] {
            precondition(prepare(context) == 1 && EVP_PKEY_CTX_set_signature_md(context, digest) == 1, "no context")
        }
    }

    deinit {
        EVP_MD_CTX_free(oneShot)
        EVP_PKEY_CTX_free(signing)
        EVP_PKEY_CTX_free(verifying)
        EVP_MD_free(digest)
        EVP_PKEY_free(key)
    }

    func sign(_ message: [UInt8]) {
        var output = [UInt8](repeating: 0, count: 1_024)
        var count = output.count
        if let digest {
            let (hash, hashCount) = Self.hash(message, digest)
            precondition(EVP_PKEY_sign(signing, &output, &count, hash, hashCount) == 1, "no signature")
        } else {
            EVP_DigestSignInit(oneShot, nil, nil, nil, key)
            precondition(EVP_DigestSign(oneShot, &output, &count, message, message.count) == 1, "no signature")
        }
        signature = Array(output[..<count])
    }

    func verify(_ message: [UInt8]) {
        if let digest {
            let (hash, hashCount) = Self.hash(message, digest)
            precondition(EVP_PKEY_verify(verifying, signature, signature.count, hash, hashCount) == 1, "not verified")
        } else {
            EVP_DigestVerifyInit(oneShot, nil, nil, nil, key)
            precondition(
                EVP_DigestVerify(oneShot, signature, signature.count, message, message.count) == 1, "not verified")
        }
    }

    private static func hash(_ message: [UInt8], _ digest: OpaquePointer) -> (octets: [UInt8], count: Int) {
        var output = [UInt8](repeating: 0, count: 64)
        var count: UInt32 = 0
        EVP_Digest(message, message.count, &output, &count, digest, nil)
        return (output, Int(count))
    }
}

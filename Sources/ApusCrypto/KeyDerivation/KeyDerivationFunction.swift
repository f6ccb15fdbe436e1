import COpenSSL

/// A key derivation function of libcrypto, fetched once and kept.
enum KeyDerivationFunction {
    static let singleStep = fetch("SSKDF")
    static let password = fetch("PBKDF2")
    static let scrypt = fetch("SCRYPT")
    static let extractAndExpand = fetch("HKDF")

    /// Lends a context of the function to `body`, which answers 1 when it has filled the output.
    static func derive(
        _ function: OpenSSLObject?,
        count: Int,
        _ body: (_ context: OpaquePointer, _ output: UnsafeMutableBufferPointer<UInt8>) -> Int32
    ) throws(CryptoError) -> SecretBytes {
        guard let function, let context = EVP_KDF_CTX_new(function.pointer) else {
            throw CryptoError("make a context of a key derivation function")
        }
        defer { EVP_KDF_CTX_free(context) }
        return try SecretBytes(count: count) { (output) throws(CryptoError) in
            let done = output.withUnsafeMutableBufferPointer { output in body(context, output) }
            guard done == 1 else { throw CryptoError("derive a key") }
        }
    }

    private static func fetch(_ name: String) -> OpenSSLObject? {
        guard let function = EVP_KDF_fetch(nil, name, nil) else {
            ERR_clear_error()
            return nil
        }
        return OpenSSLObject(function, release: EVP_KDF_free)
    }
}

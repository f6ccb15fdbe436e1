import COpenSSL

/// One run of a cipher over one message; the key schedule within is wiped at the end.
final class CipherContext {
    enum Direction: Int32 {
        case decryption = 0
        case encryption = 1
    }

    private let context: OpaquePointer

    /// Without an initialisation vector the cipher uses its default, as AES key wrap does (RFC 3394 §2.2.3.1).
    init(_ cipher: OpenSSLObject, key: SecretBytes, vector: Span<UInt8>?, _ direction: Direction) throws(CryptoError) {
        guard let context = EVP_CIPHER_CTX_new() else { throw CryptoError("make a cipher context") }
        self.context = context
        EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW)
        if let vector, vector.count != EVP_CIPHER_get_iv_length(cipher.pointer) {
            throw CryptoError("use an initialisation vector of \(vector.count) octets")
        }
        let done = key.withBytes { key in
            key.withUnsafeBufferPointer { key in
                guard let vector else {
                    return EVP_CipherInit_ex2(
                        context, cipher.pointer, key.baseAddress, nil, direction.rawValue, nil)
                }
                return vector.withUnsafeBufferPointer { vector in
                    EVP_CipherInit_ex2(
                        context, cipher.pointer, key.baseAddress, vector.baseAddress, direction.rawValue, nil)
                }
            }
        }
        guard done == 1 else { throw CryptoError("set the key of a cipher") }
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    /// Takes data that is authenticated and not encrypted.
    func authenticate(_ data: Span<UInt8>) -> Bool {
        guard !data.isEmpty else { return true }
        guard let inputCount = Int32(exactly: data.count) else { return false }
        var count: Int32 = 0
        return data.withUnsafeBufferPointer { data in
            EVP_CipherUpdate(context, nil, &count, data.baseAddress, inputCount) == 1
        }
    }

    /// Puts the whole message through and writes to the front of `output`, which must have room for it and one block.
    ///
    /// - Returns: how many octets were written, or nil when the cipher refused the message.
    func run(_ input: Span<UInt8>, into output: inout MutableSpan<UInt8>) -> Int? {
        guard let inputCount = Int32(exactly: input.count) else { return nil }
        var (written, rest): (Int32, Int32) = (0, 0)
        let done = input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                if inputCount > 0 {
                    let updated = EVP_CipherUpdate(
                        context, output.baseAddress, &written, input.baseAddress, inputCount)
                    guard updated == 1 else { return false }
                }
                return EVP_CipherFinal_ex(context, output.baseAddress.map { $0 + Int(written) }, &rest) == 1
            }
        }
        return done ? Int(written) + Int(rest) : nil
    }

    func tag(count: Int) -> [UInt8]? {
        var tag = [UInt8](repeating: 0, count: count)
        return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(count), &tag) == 1 ? tag : nil
    }

    func expect(tag: Span<UInt8>) -> Bool {
        tag.withUnsafeBufferPointer { tag in
            // OpenSSL's signature says mutable because the same function also writes tags; this command only reads.
            let pointer = UnsafeMutableRawPointer(mutating: tag.baseAddress)
            return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), pointer) == 1
        }
    }
}

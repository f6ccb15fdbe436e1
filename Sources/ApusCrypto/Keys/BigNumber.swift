import COpenSSL

/// A number of a key, wiped when it goes.
final class BigNumber {
    let pointer: OpaquePointer

    /// The big-endian number that the octets spell; `nil` when memory is short.
    ///
    /// The number counts as secret, so that OpenSSL wipes what it copies from it.
    init?(_ octets: Span<UInt8>) {
        guard let made = BN_secure_new() else { return nil }
        pointer = made
        let count = Int32(clamping: octets.count)
        guard octets.withUnsafeBufferPointer({ BN_bin2bn($0.baseAddress, count, made) }) != nil else {
            return nil
        }
    }

    /// A parameter of a key, `nil` when the key has none of the name.
    init?(_ name: UnsafePointer<CChar>?, of key: OpaquePointer) {
        guard let made = BN_secure_new() else { return nil }
        pointer = made
        var read: OpaquePointer? = made
        guard EVP_PKEY_get_bn_param(key, name, &read) == 1 else {
            ERR_clear_error()
            return nil
        }
    }

    deinit {
        BN_clear_free(pointer)
    }

    /// The fewest octets that spell it.
    var octets: [UInt8] { octets(count: byteCount) ?? [] }

    var secretOctets: SecretBytes? { secretOctets(count: byteCount) }

    /// With zeros in front, `nil` when it does not fit.
    func octets(count: Int) -> [UInt8]? {
        var octets = [UInt8](repeating: 0, count: count)
        var span = octets.mutableSpan
        return write(to: &span) ? octets : nil
    }

    func secretOctets(count: Int) -> SecretBytes? {
        var done = false
        let secret = SecretBytes(count: count) { (span) throws(Never) in done = write(to: &span) }
        return done ? secret : nil
    }

    private func write(to span: inout MutableSpan<UInt8>) -> Bool {
        span.withUnsafeMutableBufferPointer { buffer in
            BN_bn2binpad(pointer, buffer.baseAddress, Int32(buffer.count)) == Int32(buffer.count)
        }
    }

    private var byteCount: Int { (Int(BN_num_bits(pointer)) + 7) / 8 }
}

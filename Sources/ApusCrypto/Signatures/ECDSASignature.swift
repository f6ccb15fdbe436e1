import COpenSSL

/// Translates between the two forms of an ECDSA signature: OpenSSL's DER (RFC 3279 §2.2.3), and r and s at full width
/// (RFC 7518 §3.4).
enum ECDSASignature {
    static func write(der: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        var position = der.baseAddress
        guard let signature = d2i_ECDSA_SIG(nil, &position, der.count) else { return false }
        defer { ECDSA_SIG_free(signature) }
        let width = Int32(output.count / 2)
        return BN_bn2binpad(ECDSA_SIG_get0_r(signature), output.baseAddress, width) == width
            && BN_bn2binpad(ECDSA_SIG_get0_s(signature), output.baseAddress?.advanced(by: Int(width)), width) == width
    }

    /// - Returns: how many octets of `output` the DER form takes.
    static func write(
        _ octets: UnsafeBufferPointer<UInt8>, toDER output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        guard let signature = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(signature) }
        let width = octets.count / 2
        let r = BN_bin2bn(octets.baseAddress, Int32(width), nil)
        let s = BN_bin2bn(octets.baseAddress?.advanced(by: width), Int32(width), nil)
        guard r != nil, s != nil, ECDSA_SIG_set0(signature, r, s) == 1 else {
            BN_free(r)
            BN_free(s)
            return nil
        }
        let count = Int(i2d_ECDSA_SIG(signature, nil))
        guard count > 0, count <= output.count else { return nil }
        var position = output.baseAddress
        return Int(i2d_ECDSA_SIG(signature, &position)) == count ? count : nil
    }
}

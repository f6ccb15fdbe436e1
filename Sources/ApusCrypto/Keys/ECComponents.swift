import COpenSSL

/// The numbers of a key on an elliptic curve, each as wide as the curve's field (RFC 7518 §6.2).
package struct ECComponents: Sendable {
    package let curve: EllipticCurve
    package let x: [UInt8]
    package let y: [UInt8]
    package let d: SecretBytes?

    package init(curve: EllipticCurve, x: [UInt8], y: [UInt8], d: SecretBytes? = nil) {
        self.curve = curve
        self.x = x
        self.y = y
        self.d = d
    }
}

extension AsymmetricKey {
    /// - Throws: `.wrongLength`, `.pointNotOnCurve`, and `.privatePartMismatch` when `d` does not belong to the point.
    package init(ec components: ECComponents) throws(KeyMaterialError) {
        let width = components.curve.coordinateByteCount
        for count in [components.x.count, components.y.count, components.d?.count ?? width] where count != width {
            throw .wrongLength(expected: width, found: count)
        }
        guard var parameters = KeyParameters() else { throw .unavailable("make an EC key") }
        parameters.add(point: [0x04] + components.x + components.y, on: components.curve)
        if let d = components.d { parameters.add(COpenSSL_OSSL_PKEY_PARAM_PRIV_KEY(), d) }
        let isPrivate = components.d != nil
        let selection = isPrivate ? COpenSSL_EVP_PKEY_KEYPAIR : COpenSSL_EVP_PKEY_PUBLIC_KEY
        ERR_clear_error()
        guard let key = parameters.makeKey(.ec(components.curve), selection) else {
            throw DecodingFailure.take() ?? (isPrivate ? .privatePartMismatch : .pointNotOnCurve)
        }
        try self.init(checking: key, isPrivate: isPrivate)
    }

    /// - Throws: `.wrongKind` when the key is not an EC key.
    package func ecComponents() throws(KeyMaterialError) -> ECComponents {
        guard case .ec(let curve) = kind else { throw .wrongKind(expected: "EC", found: kind) }
        let width = curve.coordinateByteCount
        guard let x = BigNumber(COpenSSL_OSSL_PKEY_PARAM_EC_PUB_X(), of: handle.pointer)?.octets(count: width),
            let y = BigNumber(COpenSSL_OSSL_PKEY_PARAM_EC_PUB_Y(), of: handle.pointer)?.octets(count: width)
        else { throw .unavailable("read an EC key") }
        guard isPrivate else { return ECComponents(curve: curve, x: x, y: y) }
        let number = BigNumber(COpenSSL_OSSL_PKEY_PARAM_PRIV_KEY(), of: handle.pointer)
        guard let d = number?.secretOctets(count: width) else { throw .unavailable("read an EC key") }
        return ECComponents(curve: curve, x: x, y: y, d: d)
    }
}

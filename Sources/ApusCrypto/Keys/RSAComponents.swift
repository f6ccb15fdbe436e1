import COpenSSL

/// The numbers of an RSA key (RFC 8017 §3), big-endian in the fewest octets.
package struct RSAComponents: Sendable {
    package let modulus: [UInt8]
    package let exponent: [UInt8]
    package let privateParts: RSAPrivateParts?

    package init(modulus: [UInt8], exponent: [UInt8], privateParts: RSAPrivateParts? = nil) {
        self.modulus = modulus
        self.exponent = exponent
        self.privateParts = privateParts
    }
}

/// The second form of RFC 8017 §3.2: all of it, because the first form (d alone) is slower and tells nothing of p and q.
package struct RSAPrivateParts: Sendable {
    package let d: SecretBytes
    package let p: SecretBytes
    package let q: SecretBytes
    package let dp: SecretBytes
    package let dq: SecretBytes
    package let qi: SecretBytes

    package init(
        d: SecretBytes, p: SecretBytes, q: SecretBytes, dp: SecretBytes, dq: SecretBytes, qi: SecretBytes
    ) {
        self.d = d
        self.p = p
        self.q = q
        self.dp = dp
        self.dq = dq
        self.qi = qi
    }

    var all: [SecretBytes] { [d, p, q, dp, dq, qi] }
}

extension AsymmetricKey {
    /// Zeros in front of a number are passed over.
    ///
    /// - Throws: `.privatePartMissing` for a private number of no octets; `.privatePartMismatch` for numbers that do not
    ///   belong together; and what every way in throws for a weak key.
    package init(rsa components: RSAComponents) throws(KeyMaterialError) {
        try Self.checkLength(of: components.modulus)
        guard var parameters = KeyParameters() else { throw .unavailable("make an RSA key") }
        parameters.add(COpenSSL_OSSL_PKEY_PARAM_RSA_N(), components.modulus.span)
        parameters.add(COpenSSL_OSSL_PKEY_PARAM_RSA_E(), components.exponent.span)
        let kind = KeyKind.rsa(bits: 0)
        guard let parts = components.privateParts else {
            guard let key = parameters.makeKey(kind, COpenSSL_EVP_PKEY_PUBLIC_KEY) else {
                throw .unavailable("make an RSA key")
            }
            try self.init(checking: key, isPrivate: false)
            return
        }
        for part in parts.all {
            if part.count == 0 { throw .privatePartMissing }
            // No number of a key is longer than its modulus, give or take zeros in front.
            if part.count > components.modulus.count + 8 { throw .privatePartMismatch }
        }
        parameters.add(COpenSSL_OSSL_PKEY_PARAM_RSA_D(), parts.d)
        parameters.add(COpenSSL_OSSL_PKEY_PARAM_RSA_FACTOR1(), parts.p)
        parameters.add(COpenSSL_OSSL_PKEY_PARAM_RSA_FACTOR2(), parts.q)
        parameters.add(COpenSSL_OSSL_PKEY_PARAM_RSA_EXPONENT1(), parts.dp)
        parameters.add(COpenSSL_OSSL_PKEY_PARAM_RSA_EXPONENT2(), parts.dq)
        parameters.add(COpenSSL_OSSL_PKEY_PARAM_RSA_COEFFICIENT1(), parts.qi)
        guard let key = parameters.makeKey(kind, COpenSSL_EVP_PKEY_KEYPAIR) else {
            ERR_clear_error()
            throw .privatePartMismatch
        }
        try self.init(checking: key, isPrivate: true)
    }

    /// - Throws: `.wrongKind` when the key is not an RSA key.
    package func rsaComponents() throws(KeyMaterialError) -> RSAComponents {
        guard case .rsa = kind else { throw .wrongKind(expected: "RSA", found: kind) }
        guard let modulus = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_N(), of: handle.pointer),
            let exponent = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_E(), of: handle.pointer)
        else { throw .unavailable("read an RSA key") }
        return RSAComponents(
            modulus: modulus.octets, exponent: exponent.octets, privateParts: try isPrivate ? privateParts() : nil)
    }

    private func privateParts() throws(KeyMaterialError) -> RSAPrivateParts {
        guard let d = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_D(), of: handle.pointer)?.secretOctets,
            let p = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_FACTOR1(), of: handle.pointer)?.secretOctets,
            let q = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_FACTOR2(), of: handle.pointer)?.secretOctets,
            let dp = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_EXPONENT1(), of: handle.pointer)?.secretOctets,
            let dq = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_EXPONENT2(), of: handle.pointer)?.secretOctets,
            let qi = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_COEFFICIENT1(), of: handle.pointer)?.secretOctets
        else { throw .unavailable("read an RSA key") }
        return RSAPrivateParts(d: d, p: p, q: q, dp: dp, dq: dq, qi: qi)
    }

    /// Before OpenSSL works on it: what is far too long costs it seconds.
    private static func checkLength(of modulus: [UInt8]) throws(KeyMaterialError) {
        let significant = modulus.drop { $0 == 0 }
        let bits = significant.count * 8 - (significant.first?.leadingZeroBitCount ?? 0)
        try KeyCheck.checkRSALength(bits)
    }
}

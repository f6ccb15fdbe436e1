import COpenSSL

/// What must hold of a key before anything else may use it.
enum KeyCheck {
    /// FIPS 186-5 §A.1.1 takes odd exponents below 2^256; the lower bound there, 2^16, would refuse the usual 3.
    private static let maximumExponentBits = 256

    static func kind(of key: OpaquePointer) throws(KeyMaterialError) -> KeyKind {
        switch EVP_PKEY_get0_type_name(key).map({ String(cString: $0) }) {
        case "RSA": return .rsa(bits: Int(EVP_PKEY_get_bits(key)))
        case "EC": return .ec(try curve(of: key))
        case "ED25519": return .ed25519
        case "ED448": return .ed448
        case "X25519": return .x25519
        case "X448": return .x448
        case let other: throw .kindNotSupported(found: other ?? "unknown")
        }
    }

    private static func curve(of key: OpaquePointer) throws(KeyMaterialError) -> EllipticCurve {
        // Parameters in place of a name can describe a curve on which the wanted public key has a known private one
        // (CVE-2020-0601).
        var isExplicit: Int32 = 0
        let name = COpenSSL_OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS()
        if EVP_PKEY_get_int_param(key, name, &isExplicit) == 1, isExplicit != 0 {
            throw .curveNotSupported(found: "explicit parameters")
        }
        let found = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            EVP_PKEY_get_group_name(key, buffer.baseAddress, buffer.count, nil) == 1
                ? buffer.baseAddress.map { String(cString: $0) } : nil
        }
        guard let curve = EllipticCurve.allCases.first(where: { $0.groupName == found }) else {
            throw .curveNotSupported(found: found ?? "unknown")
        }
        return curve
    }

    static func check(_ key: OpaquePointer, _ kind: KeyKind, isPrivate: Bool) throws(KeyMaterialError) {
        if case .rsa(let bits) = kind {
            try checkRSALength(bits)
            try checkExponent(of: key)
            // RFC 7518 §6.3.2.7 has a form for more primes, which nothing else in the house could carry on.
            guard BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_FACTOR3(), of: key) == nil else {
                throw .kindNotSupported(found: "RSA with more than two primes")
            }
            if !isPrivate { return try checkModulus(of: key) }
        }
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { throw .unavailable("check a key") }
        defer { EVP_PKEY_CTX_free(context) }
        if EVP_PKEY_public_check(context) != 1 {
            if case .rsa = kind { throw .rsaModulusInvalid }
            throw .pointNotOnCurve
        }
        if isPrivate, EVP_PKEY_private_check(context) != 1 || EVP_PKEY_pairwise_check(context) != 1 {
            throw .privatePartMismatch
        }
    }

    static func checkRSALength(_ bits: Int) throws(KeyMaterialError) {
        if bits < AsymmetricKey.rsaBits.lowerBound { throw .rsaTooShort(bits: bits) }
        if bits > AsymmetricKey.rsaBits.upperBound { throw .rsaTooLong(bits: bits) }
    }

    /// The partial validation of SP 800-89 §5.3.3, without its search for a modulus that is a prime or a power of one.
    ///
    /// OpenSSL's own check makes that search: it takes a second for 16,384 bits, and key sets come from others. A modulus that is prime
    /// harms its owner alone.
    private static func checkModulus(of key: OpaquePointer) throws(KeyMaterialError) {
        guard let modulus = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_N(), of: key) else { throw .rsaModulusInvalid }
        for prime in smallPrimes where BN_mod_word(modulus.pointer, prime) == 0 { throw .rsaModulusInvalid }
    }

    /// Those up to 751, as SP 800-89 has them.
    private static let smallPrimes: [UInt] = (2...751).filter { candidate in
        (2..<candidate).allSatisfy { candidate % $0 != 0 }
    }

    private static func checkExponent(of key: OpaquePointer) throws(KeyMaterialError) {
        guard let exponent = BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_E(), of: key) else {
            throw .rsaExponentInvalid
        }
        guard BN_is_odd(exponent.pointer) == 1, BN_is_one(exponent.pointer) == 0,
            BN_num_bits(exponent.pointer) <= maximumExponentBits
        else { throw .rsaExponentInvalid }
    }
}

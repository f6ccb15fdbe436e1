import COpenSSL

extension Certificate {
    /// SHA-1 over the DER form in upper-case hex, 40 digits: how tools name a certificate.
    ///
    /// Two certificates with one SHA-1 can be made on purpose: compare `sha256Thumbprint` where it matters.
    public var thumbprint: String { UpperCaseHexadecimal.text(sha1Digest) }

    /// SHA-256 over the DER form in upper-case hex, 64 digits.
    public var sha256Thumbprint: String { UpperCaseHexadecimal.text(sha256Digest) }

    /// The number that the issuer gave the certificate, in upper-case hex with an even number of digits.
    ///
    /// A negative one, which RFC 5280 §4.1.2.2 forbids, has a minus sign in front.
    public var serialNumber: String {
        guard let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(handle.pointer), nil) else { return "" }
        defer { BN_free(number) }
        guard let digits = BN_bn2hex(number) else { return "" }
        defer { CRYPTO_free(digits, nil, 0) }
        // Zero alone has one digit here.
        return BN_is_zero(number) == 1 ? "00" : String(cString: digits)
    }

    /// What the key may be used for; empty when the certificate does not say, or says it in a way that cannot be read.
    public var extendedKeyUsages: [ExtendedKeyUsage] {
        defer { ERR_clear_error() }
        guard let value = X509_get_ext_d2i(handle.pointer, NID_ext_key_usage, nil, nil) else { return [] }
        let stack = OpaquePointer(value)
        defer { EXTENDED_KEY_USAGE_free(stack) }
        return (0..<OPENSSL_sk_num(stack)).compactMap { index in
            OPENSSL_sk_value(stack, index).map { ExtendedKeyUsage(Self.identifier(OpaquePointer($0))) }
        }
    }

    /// Clients are to refuse the certificate without a stapled OCSP response (RFC 7633, "must-staple").
    package var demandsStapling: Bool {
        defer { ERR_clear_error() }
        guard let value = X509_get_ext_d2i(handle.pointer, NID_tlsfeature, nil, nil) else { return false }
        let features = OpaquePointer(value)
        defer { TLS_FEATURE_free(features) }
        return (0..<OPENSSL_sk_num(features)).contains { index in
            let feature = OPENSSL_sk_value(features, index).map {
                UnsafePointer($0.assumingMemoryBound(to: ASN1_INTEGER.self))
            }
            return ASN1_INTEGER_get(feature) == Int(TLSEXT_TYPE_status_request)
        }
    }

    private static func identifier(_ object: OpaquePointer) -> String {
        // The longest identifier in use has 60 characters; a longer one would be cut off and so match none.
        var text = [CChar](repeating: 0, count: 128)
        OBJ_obj2txt(&text, Int32(text.count), object, 1)
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The names that the certificate is for; those of other kinds, and text outside printable ASCII, are left out.
    public var subjectAlternativeNames: [SubjectAlternativeName] { GeneralNames.names(in: handle.pointer) }

    /// The certificate's own key has signed it.
    ///
    /// The signature is checked, which costs a hundred microseconds; names that are the same are not enough.
    public var isSelfSigned: Bool {
        defer { ERR_clear_error() }
        return X509_self_signed(handle.pointer, 1) == 1
    }
}

import COpenSSL

/// Collects the parameters from which OpenSSL's key management makes a key.
///
/// OpenSSL keeps pointers to what is added until the key is made, so this object keeps the numbers and octets too.
struct KeyParameters: ~Copyable {
    private let builder: OpaquePointer
    private var numbers: [BigNumber] = []
    private var isComplete = true
    private var point: (octets: [UInt8], curve: EllipticCurve)?

    init?() {
        guard let builder = OSSL_PARAM_BLD_new() else { return nil }
        self.builder = builder
    }

    deinit {
        OSSL_PARAM_BLD_free(builder)
    }

    mutating func add(_ name: UnsafePointer<CChar>?, _ octets: Span<UInt8>) {
        guard let number = BigNumber(octets), OSSL_PARAM_BLD_push_BN(builder, name, number.pointer) == 1 else {
            isComplete = false
            return
        }
        numbers.append(number)
    }

    mutating func add(_ name: UnsafePointer<CChar>?, _ secret: SecretBytes) {
        secret.withBytes { octets in add(name, octets) }
    }

    /// The point in the uncompressed form of SEC 1 §2.3.3.
    mutating func add(point octets: [UInt8], on curve: EllipticCurve) {
        point = (octets, curve)
    }

    consuming func makeKey(_ kind: KeyKind, _ selection: Int32) -> OpenSSLObject? {
        guard isComplete, let parameters = makeParameters() else { return nil }
        defer { OSSL_PARAM_free(parameters) }
        return Self.makeKey(kind, selection, parameters)
    }

    private func makeParameters() -> UnsafeMutablePointer<OSSL_PARAM>? {
        guard let point else { return OSSL_PARAM_BLD_to_param(builder) }
        return point.curve.groupName.withCString { group in
            point.octets.withUnsafeBytes { octets in
                guard
                    OSSL_PARAM_BLD_push_utf8_string(
                        builder, COpenSSL_OSSL_PKEY_PARAM_GROUP_NAME(), group, 0) == 1,
                    OSSL_PARAM_BLD_push_octet_string(
                        builder, COpenSSL_OSSL_PKEY_PARAM_PUB_KEY(), octets.baseAddress, octets.count) == 1
                else { return nil }
                return OSSL_PARAM_BLD_to_param(builder)
            }
        }
    }

    /// The error queue says why it is `nil`.
    static func makeKey(
        _ kind: KeyKind, _ selection: Int32, _ parameters: UnsafeMutablePointer<OSSL_PARAM>?
    ) -> OpenSSLObject? {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, kind.typeName, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &made, selection, parameters) == 1, let made
        else { return nil }
        return OpenSSLObject(made, release: EVP_PKEY_free)
    }
}

import COpenSSL

/// Reads each structure that can hold a key; `nil` where the octets are another structure.
enum DERStructure {
    /// Whether the octets are one SEQUENCE of definite length with nothing after it.
    static func isWhole(_ der: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = der.baseAddress else { return false }
        var position: UnsafePointer<UInt8>? = start
        var length = 0
        var tag: Int32 = 0
        var tagClass: Int32 = 0
        let result = ASN1_get_object(&position, &length, &tag, &tagClass, der.count)
        defer { ERR_clear_error() }
        guard result == V_ASN1_CONSTRUCTED, tag == V_ASN1_SEQUENCE, let position else { return false }
        return start.distance(to: position) + length == der.count
    }

    static func pkcs8(_ der: UnsafeBufferPointer<UInt8>) throws(KeyMaterialError) -> OpenSSLObject? {
        var position = der.baseAddress
        guard let structure = d2i_PKCS8_PRIV_KEY_INFO(nil, &position, der.count) else { return nil }
        defer { PKCS8_PRIV_KEY_INFO_free(structure) }
        return try privateKey(in: structure)
    }

    static func encryptedPKCS8(
        _ der: UnsafeBufferPointer<UInt8>, passphrase: SecretBytes?
    ) throws(KeyMaterialError) -> OpenSSLObject? {
        var position = der.baseAddress
        guard let sealed = d2i_X509_SIG(nil, &position, der.count) else { return nil }
        defer { X509_SIG_free(sealed) }
        guard let passphrase else { throw .passphraseMissing }
        let opened = passphrase.withBytes { octets in
            octets.withUnsafeBytes { octets in
                PKCS8_decrypt(sealed, octets.assumingMemoryBound(to: CChar.self).baseAddress, Int32(octets.count))
            }
        }
        guard let opened else { throw DecodingFailure.takeDecryption() }
        defer { PKCS8_PRIV_KEY_INFO_free(opened) }
        return try privateKey(in: opened)
    }

    static func subjectPublicKey(_ der: UnsafeBufferPointer<UInt8>) throws(KeyMaterialError) -> OpenSSLObject? {
        var position = der.baseAddress
        guard let structure = d2i_X509_PUBKEY(nil, &position, der.count) else { return nil }
        defer { X509_PUBKEY_free(structure) }
        return try publicKey(in: structure)
    }

    static func certificate(_ der: UnsafeBufferPointer<UInt8>) throws(KeyMaterialError) -> OpenSSLObject? {
        var position = der.baseAddress
        guard let certificate = d2i_X509(nil, &position, der.count) else { return nil }
        defer { X509_free(certificate) }
        return try key(ofCertificate: certificate)
    }

    static func key(ofCertificate certificate: OpaquePointer) throws(KeyMaterialError) -> OpenSSLObject {
        guard let structure = X509_get_X509_PUBKEY(certificate) else { throw .unreadable(expected: "public key") }
        return try publicKey(in: structure)
    }

    /// The structures from before PKCS#8, which are of one family each.
    static func traditional(
        _ der: UnsafeBufferPointer<UInt8>, _ family: String, _ selection: Int32
    ) throws(KeyMaterialError) -> OpenSSLObject? {
        let key = COpenSSL_OSSL_DECODER_traditional(family, selection, der.baseAddress, der.count)
        guard let key else {
            if let error = DecodingFailure.take() { throw error }
            return nil
        }
        return OpenSSLObject(key, release: EVP_PKEY_free)
    }

    private static func privateKey(in structure: OpaquePointer) throws(KeyMaterialError) -> OpenSSLObject {
        ERR_clear_error()
        if let key = EVP_PKCS82PKEY(structure) { return OpenSSLObject(key, release: EVP_PKEY_free) }
        var algorithm: OpaquePointer?
        PKCS8_pkey_get0(&algorithm, nil, nil, nil, structure)
        throw failure(of: algorithm, expected: "private key in PKCS#8")
    }

    private static func publicKey(in structure: OpaquePointer) throws(KeyMaterialError) -> OpenSSLObject {
        if let key = X509_PUBKEY_get(structure) { return OpenSSLObject(key, release: EVP_PKEY_free) }
        var algorithm: OpaquePointer?
        var octets: UnsafePointer<UInt8>?
        var count: Int32 = 0
        var identifier: UnsafeMutablePointer<X509_ALGOR>?
        X509_PUBKEY_get0_param(&algorithm, &octets, &count, &identifier, structure)
        ERR_clear_error()
        if OBJ_obj2nid(algorithm) == NID_X9_62_id_ecPublicKey {
            throw pointFailure(UnsafeBufferPointer(start: octets, count: Int(count)), identifier)
        }
        throw failure(of: algorithm, expected: "public key in SubjectPublicKeyInfo")
    }

    /// OpenSSL's decoders keep to themselves why they refuse a point, so it is tried on its own.
    private static func pointFailure(
        _ point: UnsafeBufferPointer<UInt8>, _ identifier: UnsafeMutablePointer<X509_ALGOR>?
    ) -> KeyMaterialError {
        let expected = KeyMaterialError.unreadable(expected: "public key in SubjectPublicKeyInfo")
        var parameterType: Int32 = 0
        var parameter: UnsafeRawPointer?
        X509_ALGOR_get0(nil, &parameterType, &parameter, identifier)
        guard parameterType == V_ASN1_OBJECT, let parameter else { return expected }
        let curveName = OBJ_nid2sn(OBJ_obj2nid(OpaquePointer(parameter))).map { String(cString: $0) }
        guard let curve = EllipticCurve.allCases.first(where: { $0.groupName == curveName }) else {
            return .curveNotSupported(found: curveName ?? "unknown")
        }
        guard var parameters = KeyParameters() else { return .unavailable("read a key") }
        parameters.add(point: Array(point), on: curve)
        _ = parameters.makeKey(.ec(curve), COpenSSL_EVP_PKEY_PUBLIC_KEY)
        return DecodingFailure.take() ?? expected
    }

    private static func failure(of algorithm: OpaquePointer?, expected: String) -> KeyMaterialError {
        if let error = DecodingFailure.take() { return error }
        switch OBJ_obj2nid(algorithm) {
        case NID_rsaEncryption, NID_X9_62_id_ecPublicKey, NID_ED25519, NID_ED448, NID_X25519, NID_X448:
            return .unreadable(expected: expected)
        case let other:
            return .kindNotSupported(found: OBJ_nid2sn(other).map { String(cString: $0) } ?? "unknown")
        }
    }
}

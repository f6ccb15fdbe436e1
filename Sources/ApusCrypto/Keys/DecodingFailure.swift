import COpenSSL

/// What OpenSSL's error queue says about octets that it could not decode.
enum DecodingFailure {
    /// The first error in the queue that a caller can do something about; empties the queue.
    static func take() -> KeyMaterialError? {
        defer { ERR_clear_error() }
        while true {
            let code = ERR_get_error()
            if code == 0 { return nil }
            if let error = meaning(of: code) { return error }
        }
    }

    private static func meaning(of code: UInt) -> KeyMaterialError? {
        switch (Int32(ERR_GET_LIB(code)), Int32(ERR_GET_REASON(code))) {
        case (ERR_LIB_EC, EC_R_POINT_IS_NOT_ON_CURVE), (ERR_LIB_EC, EC_R_POINT_AT_INFINITY),
            (ERR_LIB_EC, EC_R_COORDINATES_OUT_OF_RANGE), (ERR_LIB_EC, EC_R_INVALID_COMPRESSED_POINT):
            .pointNotOnCurve
        case (ERR_LIB_EC, EC_R_UNKNOWN_GROUP), (ERR_LIB_EC, EC_R_INVALID_CURVE):
            .curveNotSupported(found: "unknown")
        case (ERR_LIB_EVP, EVP_R_UNSUPPORTED_CIPHER), (ERR_LIB_EVP, EVP_R_UNSUPPORTED_ALGORITHM),
            (ERR_LIB_EVP, EVP_R_UNKNOWN_PBE_ALGORITHM), (ERR_LIB_EVP, EVP_R_UNSUPPORTED_PRF),
            (ERR_LIB_EVP, EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION):
            .encryptionNotSupported
        default: nil
        }
    }
}

import COpenSSL

/// What OpenSSL's error queue says about octets that it could not decode.
enum DecodingFailure {
    /// The first error in the queue that says what is wrong with a point or its curve; empties the queue.
    static func take() -> KeyMaterialError? {
        take { library, reason in
            switch (library, reason) {
            case (ERR_LIB_EC, EC_R_POINT_IS_NOT_ON_CURVE), (ERR_LIB_EC, EC_R_POINT_AT_INFINITY),
                (ERR_LIB_EC, EC_R_COORDINATES_OUT_OF_RANGE), (ERR_LIB_EC, EC_R_INVALID_COMPRESSED_POINT):
                .pointNotOnCurve
            case (ERR_LIB_EC, EC_R_UNKNOWN_GROUP), (ERR_LIB_EC, EC_R_INVALID_CURVE):
                .curveNotSupported(found: "unknown")
            default: nil
            }
        }
    }

    /// Why something could not be decrypted: the algorithm, or else the passphrase; empties the queue.
    static func takeDecryption() -> KeyMaterialError {
        let found = take { library, reason in
            switch (library, reason) {
            // What a provider does not have is "unsupported" where it is fetched.
            case (ERR_LIB_EVP, COpenSSL_ERR_R_UNSUPPORTED), (ERR_LIB_EVP, EVP_R_UNSUPPORTED_CIPHER),
                (ERR_LIB_EVP, EVP_R_UNKNOWN_PBE_ALGORITHM), (ERR_LIB_EVP, EVP_R_UNSUPPORTED_PRF),
                (ERR_LIB_EVP, EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION), (ERR_LIB_PEM, PEM_R_UNSUPPORTED_ENCRYPTION):
                .encryptionNotSupported
            default: nil
            }
        }
        return found ?? .passphraseWrong
    }

    private static func take(_ meaning: (Int32, Int32) -> KeyMaterialError?) -> KeyMaterialError? {
        defer { ERR_clear_error() }
        while true {
            let code = ERR_get_error()
            if code == 0 { return nil }
            if let error = meaning(Int32(ERR_GET_LIB(code)), Int32(ERR_GET_REASON(code))) { return error }
        }
    }
}

import COpenSSL

@testable import ApusCrypto

/// A look at the key behind a value, without the value's own bookkeeping.
enum EVPKey {
    /// How many octets OpenSSL gives of the private part, `nil` when it has none.
    static func privateNumber(of key: AsymmetricKey) -> Int? {
        defer { ERR_clear_error() }
        var count = 0
        if case .rsa = key.kind {
            return BigNumber(COpenSSL_OSSL_PKEY_PARAM_RSA_D(), of: key.handle.pointer).map { _ in 1 }
        }
        if case .ec = key.kind {
            return BigNumber(COpenSSL_OSSL_PKEY_PARAM_PRIV_KEY(), of: key.handle.pointer).map { _ in 1 }
        }
        return EVP_PKEY_get_raw_private_key(key.handle.pointer, nil, &count) == 1 ? count : nil
    }
}

#ifndef COPENSSL_H
#define COPENSSL_H

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/ocsp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Swift sees functions and plain constants, but neither variadic functions nor the macros that are written with casts,
// shifts or statements. Each line below gives one of those a type and keeps its name behind a prefix.

static const uint64_t COpenSSL_SSL_OP_CIPHER_SERVER_PREFERENCE = SSL_OP_CIPHER_SERVER_PREFERENCE;
static const uint64_t COpenSSL_SSL_OP_NO_COMPRESSION = SSL_OP_NO_COMPRESSION;
static const uint64_t COpenSSL_SSL_OP_NO_RENEGOTIATION = SSL_OP_NO_RENEGOTIATION;
static const uint64_t COpenSSL_SSL_OP_NO_TICKET = SSL_OP_NO_TICKET;
static const uint64_t COpenSSL_SSL_OP_PRIORITIZE_CHACHA = SSL_OP_PRIORITIZE_CHACHA;
static const unsigned long COpenSSL_XN_FLAG_RFC2253 = XN_FLAG_RFC2253;

static inline int COpenSSL_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_min_proto_version(context, version);
}

static inline int COpenSSL_SSL_CTX_set_max_proto_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_max_proto_version(context, version);
}

static inline int COpenSSL_SSL_CTX_set1_groups_list(SSL_CTX *context, const char *groups) {
    return (int)SSL_CTX_set1_groups_list(context, groups);
}

static inline void COpenSSL_SSL_CTX_set_mode(SSL_CTX *context, long mode) {
    SSL_CTX_set_mode(context, mode);
}

static inline void COpenSSL_SSL_CTX_set_read_ahead(SSL_CTX *context, int isAhead) {
    SSL_CTX_set_read_ahead(context, isAhead);
}

static inline void COpenSSL_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
    SSL_CTX_set_session_cache_mode(context, mode);
}

static inline void COpenSSL_SSL_CTX_set_max_cert_list(SSL_CTX *context, long octets) {
    SSL_CTX_set_max_cert_list(context, octets);
}

static inline int COpenSSL_SSL_CTX_add1_chain_cert(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(context, certificate);
}

static inline void COpenSSL_SSL_CTX_set_tlsext_status_cb(
    SSL_CTX *context, int (*callback)(SSL *session, void *argument), void *argument) {
    SSL_CTX_set_tlsext_status_cb(context, callback);
    SSL_CTX_set_tlsext_status_arg(context, argument);
}

static inline void COpenSSL_SSL_set_tlsext_status_ocsp_resp(SSL *session, void *response, long count) {
    SSL_set_tlsext_status_ocsp_resp(session, response, count);
}

static inline int COpenSSL_SSL_set_tlsext_host_name(SSL *session, const char *name) {
    return (int)SSL_set_tlsext_host_name(session, name);
}

static inline void COpenSSL_BIO_set_retry_read(BIO *bio) {
    BIO_set_retry_read(bio);
}

static inline void COpenSSL_BIO_clear_retry_flags(BIO *bio) {
    BIO_clear_retry_flags(bio);
}

static inline long COpenSSL_BIO_get_mem_data(BIO *bio, char **content) {
    return BIO_get_mem_data(bio, content);
}

static inline int COpenSSL_SSL_CTX_set_app_data(SSL_CTX *context, void *data) {
    return SSL_CTX_set_app_data(context, data);
}

static inline void *COpenSSL_SSL_CTX_get_app_data(const SSL_CTX *context) {
    return SSL_CTX_get_app_data(context);
}

// A decoder keeps pointers to the names of its input and to where the key goes; made for a call from Swift, they would be gone too soon.
// The key, of a structure from before PKCS#8, is NULL when there is none in the octets.
static inline EVP_PKEY *COpenSSL_OSSL_DECODER_traditional(
    const char *family, int selection, const unsigned char *octets, size_t count) {
    EVP_PKEY *key = NULL;
    OSSL_DECODER_CTX *context =
        OSSL_DECODER_CTX_new_for_pkey(&key, "DER", "type-specific", family, selection, NULL, NULL);
    if (!context) return NULL;
    if (OSSL_DECODER_from_data(context, &octets, &count) != 1) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    OSSL_DECODER_CTX_free(context);
    return key;
}

// OSSL_PARAM keeps pointers to its name and its text. Both are constants here; made in Swift they would be gone too soon.
// The parameter's name must outlive the call, which a Swift string made of the macro does not.
static inline int COpenSSL_EVP_MAC_init_digest(
    EVP_MAC_CTX *context, const unsigned char *key, size_t count, const char *digest) {
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_init(context, key, count, parameters);
}

static inline int COpenSSL_EVP_KDF_derive_single_step(
    EVP_KDF_CTX *context, const char *digest, const unsigned char *secret, size_t secret_count,
    const unsigned char *information, size_t information_count, unsigned char *output, size_t count) {
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SECRET, (void *)secret, secret_count),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)information, information_count),
        OSSL_PARAM_construct_end(),
    };
    return EVP_KDF_derive(context, output, count, parameters);
}

static inline int COpenSSL_EVP_KDF_derive_hkdf(
    EVP_KDF_CTX *context, const char *digest, const unsigned char *secret, size_t secret_count,
    const unsigned char *salt, size_t salt_count, const unsigned char *information, size_t information_count,
    unsigned char *output, size_t count) {
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)secret, secret_count),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_count),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)information, information_count),
        OSSL_PARAM_construct_end(),
    };
    return EVP_KDF_derive(context, output, count, parameters);
}

static inline int COpenSSL_EVP_KDF_derive_password(
    EVP_KDF_CTX *context, const char *digest, const unsigned char *password, size_t password_count,
    const unsigned char *salt, size_t salt_count, uint64_t iterations, unsigned char *output, size_t count) {
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, (void *)password, password_count),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_count),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_ITER, &iterations),
        OSSL_PARAM_construct_end(),
    };
    return EVP_KDF_derive(context, output, count, parameters);
}

static inline int COpenSSL_EVP_KDF_derive_scrypt(
    EVP_KDF_CTX *context, const unsigned char *password, size_t password_count, const unsigned char *salt,
    size_t salt_count, uint64_t n, uint32_t r, uint32_t p, uint64_t memory, unsigned char *output, size_t count) {
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, (void *)password, password_count),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_count),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    return EVP_KDF_derive(context, output, count, parameters);
}

static inline EVP_PKEY *COpenSSL_EVP_EC_gen(const char *curve) {
    return EVP_EC_gen(curve);
}

#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

static const int COpenSSL_EVP_PKEY_PUBLIC_KEY = EVP_PKEY_PUBLIC_KEY;
static const int COpenSSL_EVP_PKEY_KEYPAIR = EVP_PKEY_KEYPAIR;
static const int COpenSSL_ERR_R_UNSUPPORTED = ERR_R_UNSUPPORTED;

// OSSL_PARAM_BLD keeps the pointer to a parameter's name, so the name must be one that stays.
#define COPENSSL_PARAMETER_NAME(name) \
    static inline const char *COpenSSL_##name(void) { return name; }
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_GROUP_NAME)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_PUB_KEY)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_PRIV_KEY)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_RSA_N)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_RSA_E)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_RSA_D)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_RSA_FACTOR1)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_RSA_FACTOR2)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_RSA_FACTOR3)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_RSA_EXPONENT1)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_RSA_EXPONENT2)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_RSA_COEFFICIENT1)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_EC_PUB_X)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_EC_PUB_Y)
COPENSSL_PARAMETER_NAME(OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS)
#undef COPENSSL_PARAMETER_NAME

#endif

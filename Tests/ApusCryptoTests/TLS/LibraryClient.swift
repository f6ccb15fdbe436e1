import COpenSSL

/// A client made from OpenSSL alone, with its memory BIOs, that trusts everybody.
///
/// It does what a `TLSSession` does not do as a client: one protocol version, resumption, renegotiation, key updates.
final class LibraryClient {
    let ssl: OpaquePointer
    private let input: OpaquePointer
    private let output: OpaquePointer
    private let context: OpaquePointer

    init?(
        versions: ClosedRange<Int32> = TLS1_2_VERSION...TLS1_3_VERSION, resuming session: OpaquePointer? = nil,
        askingFor name: String? = nil
    ) {
        guard let context = SSL_CTX_new(TLS_client_method()), let ssl = SSL_new(context),
            let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem())
        else { return nil }
        self.context = context
        self.ssl = ssl
        self.input = input
        self.output = output
        _ = SSL_ctrl(ssl, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(versions.lowerBound), nil)
        _ = SSL_ctrl(ssl, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(versions.upperBound), nil)
        SSL_set_bio(ssl, input, output)
        if let session { SSL_set_session(ssl, session) }
        if let name { COpenSSL_SSL_set_tlsext_host_name(ssl, name) }
        SSL_set_connect_state(ssl)
    }

    deinit {
        SSL_free(ssl)
        SSL_CTX_free(context)
    }

    /// Takes in ciphertext and gives the plaintext; `nil` when the session has failed.
    func receive(_ ciphertext: [UInt8]) -> [UInt8]? {
        ERR_clear_error()
        BIO_write(input, ciphertext, Int32(ciphertext.count))
        var plaintext: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 20_000)
        while true {
            let count = SSL_read(ssl, &buffer, Int32(buffer.count))
            if count > 0 {
                plaintext.append(contentsOf: buffer[..<Int(count)])
            } else {
                return SSL_get_error(ssl, count) == SSL_ERROR_WANT_READ ? plaintext : nil
            }
        }
    }

    func send(_ plaintext: [UInt8]) {
        SSL_write(ssl, plaintext, Int32(plaintext.count))
    }

    func takeOutgoing() -> [UInt8] {
        var taken = [UInt8](repeating: 0, count: BIO_ctrl_pending(output))
        BIO_read(output, &taken, Int32(taken.count))
        return taken
    }
}

package import ApusCrypto
import COpenSSL

/// A client made from OpenSSL alone, with its memory BIOs, that trusts everybody and asks for a stapled OCSP response.
package final class StaplingClient {
    package let ssl: OpaquePointer
    private let input: OpaquePointer
    private let output: OpaquePointer
    private let context: OpaquePointer

    /// - Parameters:
    ///   - session: One that it goes on with.
    ///   - name: The host name that it asks for.
    ///   - algorithms: The signatures that it can verify, as OpenSSL lists them; nil for all.
    package init?(
        version: Int32, resuming session: OpaquePointer? = nil, name: String? = nil, algorithms: String? = nil,
        asks: Bool = true
    ) {
        guard let context = SSL_CTX_new(TLS_client_method()), let ssl = SSL_new(context),
            let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem())
        else { return nil }
        self.context = context
        self.ssl = ssl
        self.input = input
        self.output = output
        _ = SSL_ctrl(ssl, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(version), nil)
        _ = SSL_ctrl(ssl, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version), nil)
        SSL_set_bio(ssl, input, output)
        if let session { SSL_set_session(ssl, session) }
        if let name { COpenSSL_SSL_set_tlsext_host_name(ssl, name) }
        algorithms?.withCString { list in
            _ = SSL_ctrl(ssl, SSL_CTRL_SET_SIGALGS_LIST, 0, UnsafeMutableRawPointer(mutating: list))
        }
        if asks { _ = SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_STATUS_REQ_TYPE, Int(TLSEXT_STATUSTYPE_ocsp), nil) }
        SSL_set_connect_state(ssl)
    }

    deinit {
        SSL_free(ssl)
        SSL_CTX_free(context)
    }

    /// Carries flights to and fro until both sides are silent.
    package func connect(to server: TLSSession) throws(TLSError) {
        while true {
            ERR_clear_error()
            // Reading completes the handshake too, and takes in the ticket that TLS 1.3 sends behind it.
            var octet: UInt8 = 0
            SSL_read(ssl, &octet, 1)
            var flight = [UInt8](repeating: 0, count: BIO_ctrl_pending(output))
            if flight.isEmpty { return }
            BIO_read(output, &flight, Int32(flight.count))
            let room = UnsafeMutableRawBufferPointer.allocate(
                byteCount: flight.count + TLSSession.maximumRecordPlaintext, alignment: 1)
            defer { room.deallocate() }
            _ = try server.receive(flight.span, into: room)
            let answer = server.takeOutgoing()
            BIO_write(input, answer, Int32(answer.count))
        }
    }

    package var hasConnected: Bool { SSL_is_init_finished(ssl) == 1 }

    /// The response that came with the server's certificate.
    package var stapled: [UInt8]? { Self.stapled(to: ssl) }

    /// The response that a session holds.
    package static func stapled(to session: OpaquePointer) -> [UInt8]? {
        var start: UnsafePointer<UInt8>?
        let count = SSL_ctrl(session, SSL_CTRL_GET_TLSEXT_STATUS_REQ_OCSP_RESP, 0, &start)
        return start.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
    }
}

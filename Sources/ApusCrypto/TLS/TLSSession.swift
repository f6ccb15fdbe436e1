import COpenSSL

/// One TLS connection as a state machine: octets in, octets out, and no socket.
///
/// Not `Sendable`: it belongs to the connection that feeds it, and all its calls come from that connection's loop.
/// Records go from the caller's buffer into OpenSSL and from OpenSSL into the caller's buffer with no stop between.
///
/// - After every `receive`, whether it returned or threw, send what `takeOutgoing` gives: handshake messages and
///   alerts. It is empty for almost every `receive` after the handshake and then costs nothing.
/// - `send` and `close` append to the caller's own buffer, behind whatever `outgoing` still held.
package final class TLSSession {
    /// The most plaintext that one record carries (RFC 8446 §5.1).
    package static let maximumRecordPlaintext = 16_384

    package struct Received: Equatable, Sendable {
        /// How many octets of plaintext were written.
        package let count: Int
        /// The peer has sent close_notify: no plaintext will follow, and what it sends after that is not looked at.
        package let closedByPeer: Bool
    }

    let ssl: OpaquePointer
    private let transfer: UnsafeMutablePointer<RecordTransfer>
    /// OpenSSL's callbacks reach the context's protocols, ticket keys and OCSP responses unretained.
    private let context: TLSContext?
    private var hasFailed = false
    private var hasSentClose = false

    /// Private, and read through a computed property elsewhere: a stored one that other modules see is checked for overlapping
    /// accesses at run time, each time.
    private var hasCompletedHandshake = false

    package var isHandshakeComplete: Bool { hasCompletedHandshake }

    /// The server's side of a connection.
    package init(_ context: TLSContext) {
        (ssl, transfer) = Self.makeSession(context.handle.pointer)
        self.context = context
        SSL_set_accept_state(ssl)
    }

    /// The client's side of a connection; its first message is in `outgoing` at once.
    ///
    /// - Parameter server: The DNS name or IP address that the server's certificate must be valid for.
    package init(_ context: TLSClientContext, connectingTo server: String) {
        (ssl, transfer) = Self.makeSession(context.handle.pointer)
        self.context = nil
        SSL_set_connect_state(ssl)
        // RFC 6066 §3 has no place for IP addresses in the server name.
        if X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), server) != 1 {
            SSL_set1_host(ssl, server)
            COpenSSL_SSL_set_tlsext_host_name(ssl, server)
        }
        SSL_do_handshake(ssl)
        ERR_clear_error()
    }

    deinit {
        SSL_free(ssl)
        transfer.deinitialize(count: 1)
        transfer.deallocate()
    }

    /// Only a lack of memory can fail here, which nothing in a Swift process survives.
    private static func makeSession(
        _ context: OpaquePointer
    ) -> (ssl: OpaquePointer, transfer: UnsafeMutablePointer<RecordTransfer>) {
        guard let ssl = SSL_new(context), let bio = BIO_new(RecordTransfer.method?.pointer) else {
            preconditionFailure("out of memory for a TLS session")
        }
        let transfer = UnsafeMutablePointer<RecordTransfer>.allocate(capacity: 1)
        transfer.initialize(to: RecordTransfer())
        BIO_set_data(bio, transfer)
        BIO_set_init(bio, 1)
        SSL_set_bio(ssl, bio, bio)
        return (ssl, transfer)
    }

    /// Handshake messages and alerts that wait to be sent.
    package var outgoing: [UInt8] { transfer.pointee.output }

    /// Moves `outgoing` out without a copy; the session keeps no buffer of its own while it has nothing to say.
    package func takeOutgoing() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &transfer.pointee.output)
        return taken
    }

    /// Takes in ciphertext, all of it, and decrypts the records that it completes.
    ///
    /// - Parameter plaintext: At least as large as `ciphertext` and `maximumRecordPlaintext` together, because the
    ///   session may hold most of a record from earlier calls.
    /// - Throws: ``TLSError``; plaintext that came in the same call is lost with the connection.
    package func receive(
        _ ciphertext: Span<UInt8>, into plaintext: UnsafeMutableRawBufferPointer
    ) throws(TLSError) -> Received {
        precondition(
            plaintext.count >= ciphertext.count + Self.maximumRecordPlaintext,
            "the plaintext buffer must have room for the ciphertext and one more record")
        guard !hasFailed else { throw .closed }
        return try ciphertext.withUnsafeBytes { (bytes) throws(TLSError) -> Received in
            transfer.pointee.input = bytes
            defer { transfer.pointee.input = UnsafeRawBufferPointer(start: nil, count: 0) }
            return try decrypt(into: plaintext)
        }
    }

    private func decrypt(into plaintext: UnsafeMutableRawBufferPointer) throws(TLSError) -> Received {
        OpenSSLFailure.forget()
        var total = 0
        while true {
            let rest = UnsafeMutableRawBufferPointer(rebasing: plaintext[total...])
            var count = 0
            let status = SSL_read_ex(ssl, rest.baseAddress, rest.count, &count)
            if !hasCompletedHandshake && SSL_is_init_finished(ssl) == 1 { completeHandshake() }
            guard status == 1 else {
                switch SSL_get_error(ssl, status) {
                case SSL_ERROR_WANT_READ: return Received(count: total, closedByPeer: false)
                case SSL_ERROR_ZERO_RETURN: return Received(count: total, closedByPeer: true)
                default: throw fail()
                }
            }
            total += count
            // One more call would only allocate and release a record buffer to learn that nothing is left.
            if transfer.pointee.input.isEmpty && SSL_has_pending(ssl) == 0 {
                return Received(count: total, closedByPeer: false)
            }
        }
    }

    private func completeHandshake() {
        hasCompletedHandshake = true
        // OpenSSL would keep the response that was sent for as long as the connection lives.
        if context != nil { COpenSSL_SSL_set_tlsext_status_ocsp_resp(ssl, nil, 0) }
    }

    /// Encrypts all of `plaintext` and appends its records to `ciphertext`.
    ///
    /// - Throws: ``TLSError/handshakeIncomplete`` or ``TLSError/closed``, and ``TLSError/protocolFailure(_:)`` when
    ///   the records cannot be made; what `outgoing` held has been appended even then.
    package func send(_ plaintext: Span<UInt8>, into ciphertext: inout [UInt8]) throws(TLSError) {
        appendOutgoing(to: &ciphertext)
        guard !hasFailed && !hasSentClose else { throw .closed }
        guard isHandshakeComplete else { throw .handshakeIncomplete }
        guard !plaintext.isEmpty else { return }
        // What an earlier call left among OpenSSL's errors may stay there: nobody asks here what is to be waited for.
        // The caller's array is OpenSSL's output for the time of the call: swapping moves no octets.
        swap(&ciphertext, &transfer.pointee.output)
        let status = plaintext.withUnsafeBytes { bytes in
            var count = 0
            return SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &count)
        }
        swap(&ciphertext, &transfer.pointee.output)
        guard status == 1 else { throw fail() }
    }

    /// Appends a close_notify, once, and ends sending; what the peer still sends can be received.
    ///
    /// Before the handshake has completed, and after a failure, there is nothing to append.
    package func close(into ciphertext: inout [UInt8]) {
        appendOutgoing(to: &ciphertext)
        guard isHandshakeComplete && !hasFailed && !hasSentClose else { return }
        hasSentClose = true
        swap(&ciphertext, &transfer.pointee.output)
        SSL_shutdown(ssl)
        swap(&ciphertext, &transfer.pointee.output)
        ERR_clear_error()
    }

    /// Gives back the two record buffers, 34 KB in all, until there are octets again.
    ///
    /// OpenSSL's own mode for this (`SSL_MODE_RELEASE_BUFFERS`) gives them back after every record, which a session in use
    /// pays for with each.
    ///
    /// - Returns: false when they hold a part of a record, and stay.
    @discardableResult
    package func releaseBuffers() -> Bool {
        SSL_free_buffers(ssl) == 1
    }

    /// The ALPN name that was agreed on.
    package var negotiatedProtocol: String? {
        var start: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &start, &count)
        guard let start else { return nil }
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    }

    /// `TLSv1.2` or `TLSv1.3`, known once the handshake has completed.
    package var version: String? {
        isHandshakeComplete ? String(cString: SSL_get_version(ssl)) : nil
    }

    private func appendOutgoing(to ciphertext: inout [UInt8]) {
        if transfer.pointee.output.isEmpty { return }
        ciphertext.append(contentsOf: takeOutgoing())
    }

    private func fail() -> TLSError {
        hasFailed = true
        // The newest error is TLS's own; older ones come from the cryptography below it.
        let code = ERR_peek_last_error()
        ERR_clear_error()
        let reason = OpenSSLFailure.reason(for: code)
        // OpenSSL gives an alert that it received as the alert's number plus a thousand.
        let isAlert = ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) >= SSL_AD_REASON_OFFSET
        return isAlert ? .alertReceived(reason) : .protocolFailure(reason)
    }
}

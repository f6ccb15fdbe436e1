import ApusCrypto
import ApusTransport
import COpenSSL
import Testing

/// A TLS client made from OpenSSL alone, on a channel in clear text: it can send records that carry no content.
final class ContentlessClient {
    let pair: SocketPair
    private let context: OpaquePointer
    private let ssl: OpaquePointer
    private let input: OpaquePointer
    private let output: OpaquePointer

    /// Connects to a server's channel on `loop`, on which this must be called; the handshake is complete.
    init(on loop: EventLoop) async throws {
        context = try #require(SSL_CTX_new(TLS_client_method()))
        ssl = try #require(SSL_new(context))
        input = try #require(BIO_new(BIO_s_mem()))
        output = try #require(BIO_new(BIO_s_mem()))
        SSL_set_bio(ssl, input, output)
        SSL_set_connect_state(ssl)
        let server = TLSSession(try TLSContext(identity: .selfSigned(), protocols: []))
        pair = try await SocketPair.make(on: loop, client: nil, server: server)
        try await shakeHands()
    }

    deinit {
        SSL_free(ssl)
        SSL_CTX_free(context)
    }

    private func shakeHands() async throws {
        pair.client.setDeadline(in: 10_000_000_000)
        var isComplete = SSL_do_handshake(ssl) == 1
        while !isComplete || pair.server.tlsVersion == nil {
            pair.client.write { $0 += takeOutgoing() }
            pair.client.flush()
            if case .failed(let failure) = pair.server.receive() { throw failure }
            pair.server.flush()
            if case .octets = pair.client.receive() {
                pair.client.withReceived { span in
                    _ = span.withUnsafeBufferPointer { BIO_write(input, $0.baseAddress, Int32($0.count)) }
                }
            }
            isComplete = isComplete || SSL_do_handshake(ssl) == 1
            await Task.yield()
        }
        pair.client.clearDeadline()
    }

    /// KeyUpdate records, `count` octets of them at least (RFC 8446 §4.6.3).
    func keyUpdates(_ count: Int, kind: Int32) throws -> [UInt8] {
        var records: [UInt8] = []
        while records.count < count {
            try #require(SSL_key_update(ssl, kind) == 1 && SSL_do_handshake(ssl) == 1)
            records += takeOutgoing()
        }
        return records
    }

    /// The record that carries `content`.
    func sealed(_ content: [UInt8]) -> [UInt8] {
        SSL_write(ssl, content, Int32(content.count))
        return takeOutgoing()
    }

    private func takeOutgoing() -> [UInt8] {
        var taken = [UInt8](repeating: 0, count: BIO_ctrl_pending(output))
        BIO_read(output, &taken, Int32(taken.count))
        return taken
    }
}

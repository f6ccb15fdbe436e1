import Apus
import ApusHTTP
import ApusTransport
import Synchronization

/// Answers requests without a connection: they are decoded and encoded as on the wire, and no octet leaves the process.
struct InProcessServer: Sendable {
    private let responder: Responder
    private let limits: Limits
    private let asksForCertificates: Bool
    private var context: ConnectionContext

    init(_ server: Server, isSecure: Bool) throws {
        responder = try server.makeResponder()
        limits = server.limits
        asksForCertificates = server.clientCertificates != nil
        context = ConnectionContext(peer: nil, isSecure: isSecure, tlsVersion: isSecure ? "TLSv1.3" : nil)
    }

    /// The same server, to which a client has shown a certificate whose key it has proven.
    func presenting(_ identity: CertificateIdentity?, version: TLSVersion?) throws -> InProcessServer {
        guard context.isSecure else {
            throw TestClientError("Expected TLS to present a certificate over; use .inProcess(isSecure: true) or .tls.")
        }
        var server = self
        server.context = ConnectionContext(
            peer: nil, isSecure: true, tlsVersion: version?.rawValue ?? context.tlsVersion,
            peerCertificates: asksForCertificates ? identity?.chain ?? [] : [])
        return server
    }

    /// - Parameter octets: one request.
    /// - Returns: what the server would send.
    func answer(_ octets: [UInt8]) async throws -> [UInt8] {
        let decoded: Request?
        do throws(HTTP.DecodingError) {
            decoded = try decode(octets)
        } catch {
            let response = responder.response(to: nil, describing: error)
            return try await encode(response, version: .http11, closes: true, withContent: true)
        }
        guard let request = decoded else {
            throw TestClientError("Expected a whole request; a server would wait for the rest of this one.")
        }
        let response = await responder.respond(to: request, by: responder.currentTable)
        return try await encode(
            response, version: request.head.version, closes: !request.head.control.keepsAlive || response.asksToClose,
            withContent: request.method != .head)
    }

    private func decode(_ octets: [UInt8]) throws(HTTP.DecodingError) -> Request? {
        var decoder = RequestDecoder(limits: limits.decoding)
        var head: HTTP.RequestHead?
        var content: [UInt8] = []
        var start = 0
        while true {
            let step = try decoder.decode(octets.span.extracting(start..<octets.count), into: &head)
            switch step.event {
            case .incomplete: return nil
            case .head(let hasContent):
                if let head, !hasContent { return Request(head: head, body: .empty, connection: context) }
            case .body(let range): content += octets[start + range.lowerBound..<start + range.upperBound]
            case .end: return head.map { Request(head: $0, body: RequestBody(content), connection: context) }
            }
            start += step.consumed
        }
    }

    private func encode(
        _ response: Response, version: HTTP.Version, closes: Bool, withContent: Bool
    ) async throws -> [UInt8] {
        let form = response.body.form
        let framing: ResponseEncoder.Framing =
            if response.status.forbidsContent { .none } else { response.body.count.map { .length($0) } ?? .chunked }
        var octets: [UInt8] = []
        ResponseEncoder.encodeHead(
            status: response.status, contentType: response.contentType, fields: response.headers,
            framing: framing, version: version, closes: closes, date: Span(), into: &octets)
        guard withContent, !response.status.forbidsContent else { return octets }
        switch form {
        case .empty: break
        case .octets(let content): octets += content
        case .text(let text): octets += text.utf8
        case .stream(let produce):
            let content = CollectedStream()
            do {
                try await produce(ResponseWriter(content))
            } catch {
                // A connection logs the error and resets.
                if !(error is CancellationError) { _ = responder.response(to: nil, describing: error) }
                throw TestClientError.reset
            }
            ResponseEncoder.encodeChunk(content.octets.span, into: &octets)
            ResponseEncoder.encodeLastChunk(trailers: nil, into: &octets)
        }
        return octets
    }
}

/// Takes what a handler streams, as fast as it comes.
private final class CollectedStream: ResponseSink {
    private let collected = Mutex<[UInt8]>([])

    var octets: [UInt8] { collected.withLock(\.self) }

    func send(_ octets: [UInt8]) async throws {
        try Task.checkCancellation()
        collected.withLock { $0 += octets }
    }
}

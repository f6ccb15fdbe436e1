import ApusHTTP
import ApusTransport

extension Connection {
    /// What is left to do when a response's head, and content that was ready, are on their way.
    enum AfterHead {
        /// Another request may follow at once.
        case persist
        /// Another request may follow after `settle()`.
        case settle
        /// Content is to be made first.
        case stream(ResponseBody.Producer, persists: Bool)
        case close
    }

    /// How streamed content is told from what follows it.
    enum StreamFraming {
        case chunked
        /// For HTTP/1.0, which has no chunks: the end of the connection is the end of the content.
        case untilClose
    }

    /// Writes a response, but for content that has yet to be made.
    func send(_ response: Response, to head: HTTP.RequestHead) -> AfterHead {
        let persists =
            head.keepsAlive && !isFinishing && isContentDiscardable(head) && !response.asksToClose
        let hasContent = head.method != .head && !response.status.forbidsContent
        if case .stream(let producer) = response.body.form, !response.status.forbidsContent {
            let isChunked = head.version == .http11
            write(
                response, framing: isChunked ? .chunked : .untilClose, version: head.version,
                closes: !(persists && isChunked), withContent: false)
            guard hasContent else { return persists && isChunked ? .settle : .close }
            streaming = isChunked ? .chunked : .untilClose
            return .stream(producer, persists: persists && isChunked)
        }
        let framing: ResponseEncoder.Framing =
            response.status.forbidsContent ? .none : .length(response.body.count ?? 0)
        write(response, framing: framing, version: head.version, closes: !persists, withContent: hasContent)
        guard persists else { return .close }
        if case .complete = content, channel.unsentCount < service.limits.unsentOctets, !isFinishing { return .persist }
        return .settle
    }

    func write(
        _ response: Response, framing: ResponseEncoder.Framing, version: HTTP.Version, closes: Bool, withContent: Bool
    ) {
        let date = date.current
        channel.write { out in
            ResponseEncoder.encodeHead(
                status: response.status, contentType: response.contentType, fields: response.headers,
                framing: framing, version: version, closes: closes, date: date, into: &out)
            guard withContent else { return }
            switch response.body.form {
            case .empty, .stream: break
            case .octets(let octets): out.append(contentsOf: octets)
            case .text(let text): out.append(contentsOf: text.utf8)
            }
        }
    }

    /// Has content made and sent.
    ///
    /// - Returns: false when it could not be finished; the connection was reset then, so that the client cannot take it for whole.
    func stream(_ produce: ResponseBody.Producer) async -> Bool {
        do {
            try await produce(ResponseWriter(self))
            assert(loop.isCurrent, "a producer returned on a thread that is not its connection's")
        } catch {
            streaming = nil
            if !(error is CancellationError) { _ = service.responder.response(to: nil, describing: error) }
            cutOff()
            return false
        }
        if streaming == .chunked { channel.write { ResponseEncoder.encodeLastChunk(trailers: nil, into: &$0) } }
        streaming = nil
        return true
    }

    /// Reads what the handler has left of the request's content, and holds a client back that does not take its responses.
    ///
    /// - Returns: true when another request may follow.
    func settle() async -> Bool {
        if case .arriving = content, await !discardContent() { return false }
        if channel.unsentCount >= service.limits.unsentOctets {
            channel.setDeadline(in: service.writeStall)
            guard case .ready = await channel.waitUntilUnsent(below: service.limits.unsentOctets) else {
                cutOff()
                return false
            }
        }
        return !isFinishing || input.hasOctets
    }
}

extension Connection: ResponseSink {
    func send(_ octets: [UInt8]) async throws {
        guard let streaming, !Task.isCancelled else { throw CancellationError() }
        channel.write { out in
            switch streaming {
            case .chunked: ResponseEncoder.encodeChunk(octets.span, into: &out)
            case .untilClose: out.append(contentsOf: octets)
            }
        }
        guard channel.unsentCount >= service.limits.unsentOctets else { return }
        channel.setDeadline(in: service.writeStall)
        guard case .ready = await channel.waitUntilUnsent(below: service.limits.unsentOctets) else {
            throw CancellationError()
        }
    }
}

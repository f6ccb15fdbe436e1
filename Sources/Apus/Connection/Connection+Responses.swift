import ApusHTTP
import ApusTransport

extension Connection {
    /// What is left to do when a response's head, and content that was ready, are on their way.
    enum AfterHead {
        /// Another request may follow at once.
        case persist
        /// Another request may follow after `settle()`.
        case settle
        /// `stream()` comes first.
        case stream(persists: Bool)
        case close
    }

    /// Content that is made while it is sent.
    ///
    /// A class, because few connections ever need the room.
    final class Streaming {
        let produce: ResponseBody.Producer
        /// False for HTTP/1.0, which has no chunks: the end of the connection is the end of the content.
        let isChunked: Bool

        init(produce: @escaping ResponseBody.Producer, isChunked: Bool) {
            self.produce = produce
            self.isChunked = isChunked
        }
    }

    /// Writes a response, but for content that has yet to be made.
    func send(_ response: Response, to request: Request) -> AfterHead {
        send(response, to: request, request.head.control)
    }

    /// - Parameter control: that of the request's head.
    @inline(never)
    func send(_ response: Response, to request: Request, _ control: HTTP.RequestHead.Control) -> AfterHead {
        // A compiler bug may bring a throwing nonsending function back to the wrong executor (swiftlang/swift #88259).
        assert(loop.isCurrent, "a handler returned on a thread that is not its connection's")
        endHandler()
        if isAbandoned { return .close }
        if response.status.code < 200 { return send(responder.refusal(of: response), to: request) }
        let persists =
            control.keepsAlive && !isFinishing && exchange < service.limits.requestsPerConnection
            && isContentDiscardable(control) && !response.asksToClose
        let hasContent = !control.isForHead && !response.status.forbidsContent
        if case .stream(let producer) = response.body.form, !response.status.forbidsContent {
            let isChunked = control.version == .http11
            write(
                response, framing: isChunked ? .chunked : .untilClose, version: control.version,
                closes: !(persists && isChunked), withContent: false)
            guard hasContent else { return persists && isChunked ? .settle : .close }
            streaming = Streaming(produce: producer, isChunked: isChunked)
            return .stream(persists: persists && isChunked)
        }
        let framing: ResponseEncoder.Framing =
            response.status.forbidsContent ? .none : .length(response.body.count ?? 0)
        write(response, framing: framing, version: control.version, closes: !persists, withContent: hasContent)
        guard persists else { return .close }
        if case .complete = content, channel.unsentOctets < service.limits.unsentOctets, !isFinishing {
            expectRequest()
            return .persist
        }
        return .settle
    }

    /// Writes the answer to an error that a handler has thrown.
    @inline(never)
    func send(_ error: any Error, to request: Request) -> AfterHead {
        if isAbandoned { return .close }
        return send(responder.response(to: request, describing: error), to: request)
    }

    func write(
        _ response: Response, framing: ResponseEncoder.Framing, version: HTTP.Version, closes: Bool, withContent: Bool
    ) {
        guard var output = channel.takeOutput() else { return }
        func encode(_ content: Span<UInt8>, into output: inout [UInt8]) {
            if case .length(let length) = framing, response.ownHeaders == nil {
                shared.encodeHead(
                    status: response.status, contentType: response.contentType, length: length, version: version,
                    closes: closes, content: content, into: &output)
            } else {
                shared.encodeHead(
                    status: response.status, contentType: response.contentType, fields: response.ownHeaders,
                    framing: framing, version: version, closes: closes, content: content, into: &output)
            }
        }
        switch response.body.form {
        case .octets(let octets) where withContent: encode(octets.span, into: &output)
        case .text(let text) where withContent: encode(text.utf8.span, into: &output)
        case .empty, .octets, .text, .stream: encode(Span(), into: &output)
        }
        channel.giveBack(output: &output)
    }

    /// Does what is left to do after a response's head.
    ///
    /// - Returns: true when another request may follow.
    @inline(never)
    func finish(_ next: AfterHead) async -> Bool {
        switch next {
        case .persist: return true
        case .settle: guard await settle() else { return false }
        case .stream(let persists): guard await stream(), persists, await settle() else { return false }
        case .close: return false
        }
        if isAbandoned { return false }
        expectRequest()
        return true
    }

    /// Has content made and sent.
    ///
    /// - Returns: false when it could not be finished; the connection was reset then, so that the client cannot take it for whole.
    private func stream() async -> Bool {
        guard let streaming else { return true }
        defer { self.streaming = nil }
        do {
            try await streaming.produce(ResponseWriter(self))
            assert(loop.isCurrent, "a producer returned on a thread that is not its connection's")
        } catch {
            if !(error is CancellationError) { _ = responder.response(to: nil, describing: error) }
            cutOff()
            return false
        }
        if streaming.isChunked { channel.write { ResponseEncoder.encodeLastChunk(trailers: nil, into: &$0) } }
        return true
    }

    /// Reads what the handler has left of the request's content, and holds a client back that does not take its responses.
    ///
    /// - Returns: true when another request may follow.
    private func settle() async -> Bool {
        if case .arriving = content, await !discardContent() { return false }
        if channel.unsentOctets >= service.limits.unsentOctets {
            guard
                case .ready = await channel.waitUntilUnsent(
                    below: service.limits.unsentOctets, stall: service.writeStall)
            else {
                cutOff()
                return false
            }
        }
        return !isFinishing || hasOctets
    }
}

extension Connection: ResponseSink {
    func send(_ octets: [UInt8]) async throws {
        guard let streaming, !Task.isCancelled else { throw CancellationError() }
        channel.write { out in
            if streaming.isChunked {
                ResponseEncoder.encodeChunk(octets.span, into: &out)
            } else {
                out.append(contentsOf: octets)
            }
        }
        guard channel.unsentOctets >= service.limits.unsentOctets else { return }
        guard
            case .ready = await channel.waitUntilUnsent(
                below: service.limits.unsentOctets, stall: service.writeStall)
        else {
            throw CancellationError()
        }
    }
}

import ApusHTTP
import ApusTransport

extension Connection: RequestBodySource {
    /// Reads on only when the handler asks: so a slow handler slows its client down.
    func nextChunk(of exchange: Int) async throws -> [UInt8]? {
        guard exchange == self.exchange, case .arriving(let isAwaited) = content else { return nil }
        guard !isReadingContent else { throw Problem(.internalServerError, cause: ContentError.readTwice) }
        isReadingContent = true
        defer { isReadingContent = false }
        if isAwaited {
            content = .arriving(isAwaited: false)
            // RFC 9110 §10.1.1: not needed when the client did not wait for it.
            if !input.hasOctets { channel.write { ResponseEncoder.encodeContinue(into: &$0) } }
        }
        channel.setDeadline(in: service.contentPause)
        do throws(InputError) {
            while true {
                switch try nextItem() {
                case .content(let octets):
                    return octets
                case .end, .head:
                    content = .complete
                    return nil
                case nil:
                    try check(await channel.waitUntilReadable())
                }
            }
        } catch {
            content = .broken
            switch error {
            case .malformed(let fault): throw fault
            case .deadline: throw Problem(.requestTimeout, "The content of the request did not arrive in time.")
            case .ended:
                throw Problem(.badRequest, "The content of the request ended too soon.", cause: ContentError.cutOff)
            }
        }
    }

    /// False when the connection must close, because what the handler leaves unread is too much or will perhaps never come.
    func isContentDiscardable(_ head: HTTP.RequestHead) -> Bool {
        switch content {
        case .complete: true
        case .broken, .arriving(isAwaited: true): false
        case .arriving(isAwaited: false):
            if case .length(let length) = head.framing { length <= service.limits.discardedOctets } else { true }
        }
    }

    /// - Returns: true when the content was read to its end within the limit.
    func discardContent() async -> Bool {
        var dropped = 0
        do {
            while let chunk = try await nextChunk(of: exchange) {
                dropped += chunk.count
                if dropped > service.limits.discardedOctets { return false }
            }
            return true
        } catch {
            return false
        }
    }
}

/// What can go wrong between a handler and its request's content.
private enum ContentError: Error, CustomStringConvertible {
    case readTwice
    case cutOff

    var description: String {
        switch self {
        case .readTwice:
            "Two tasks read the content of one request at the same time; one has to read it, and share what it got."
        case .cutOff: "The client closed the connection before the end of the content."
        }
    }
}

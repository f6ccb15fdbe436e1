import ApusHTTP
import ApusTransport

extension Connection: RequestBodySource {
    /// Reads on only when the handler asks: so a slow handler slows its client down.
    func nextChunk(of exchange: Int) async throws -> [UInt8]? {
        if isAbandoned { throw CancellationError() }
        guard exchange == self.exchange, case .arriving = content else { return nil }
        guard !isReadingContent else { throw Problem(.internalServerError, cause: ContentError.readTwice) }
        isReadingContent = true
        defer { isReadingContent = false }
        askForContent()
        while true {
            switch try takeContent() {
            case .chunk(let octets): return octets
            case .end: return nil
            case .nothingYet:
                let began = beginContentWait()
                try acceptContentWake(await channel.waitUntilReadable(), since: began)
            }
        }
    }

    /// What there is of a request's content without waiting for more.
    private enum Content {
        case chunk([UInt8])
        case end
        case nothingYet
    }

    private func askForContent() {
        guard case .arriving(isAwaited: true) = content else { return }
        content = .arriving(isAwaited: false)
        // RFC 9110 §10.1.1: not needed when the client did not wait for it.
        if !hasOctets { channel.write { ResponseEncoder.encodeContinue(into: &$0) } }
    }

    @inline(never)
    private func takeContent() throws -> Content {
        do throws(InputError) {
            var none: HTTP.RequestHead?
            switch try nextItem(into: &none) {
            case .content(let octets):
                pace.received(octets.count)
                return .chunk(octets)
            case .end, .head:
                content = .complete
                return .end
            case nil: return .nothingYet
            }
        } catch {
            throw breakContent(error)
        }
    }

    /// - Returns: when the wait begins, by the loop's clock.
    private func beginContentWait() -> UInt64 {
        let patience = pace.patience(rate: service.limits.minimumContentRate, grace: service.contentRateGrace)
        channel.setDeadline(in: min(service.contentPause, patience))
        return loop.now
    }

    @inline(never)
    private func acceptContentWake(_ wake: Channel.Wake, since began: UInt64) throws {
        let waited = loop.now - began
        pace.waited(waited)
        prolongHandler(by: waited)
        do throws(InputError) {
            try check(wake)
        } catch {
            throw breakContent(error)
        }
    }

    private func breakContent(_ error: InputError) -> any Error {
        content = .broken
        switch error {
        case .malformed(let fault): return fault
        case .deadline: return Problem(.requestTimeout, "The content of the request did not arrive in time.")
        case .ended:
            var problem = Problem(
                .badRequest, "The content of the request ended too soon.", cause: ContentError.cutOff)
            problem.isUnheard = true
            return problem
        }
    }

    /// False when the connection must close, because what the handler leaves unread is too much or will perhaps never come.
    func isContentDiscardable(_ control: HTTP.RequestHead.Control) -> Bool {
        switch content {
        case .complete: true
        case .broken, .arriving(isAwaited: true): false
        case .arriving(isAwaited: false):
            if case .length(let length) = control.framing { length <= service.limits.discardedOctets } else { true }
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

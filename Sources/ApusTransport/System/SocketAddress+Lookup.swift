import Glibc
import Synchronization

extension SocketAddress {
    /// The addresses of a host by its name, in the order in which they should be tried (RFC 6724).
    ///
    /// The system's lookup blocks for as long as its configuration says, so it has a thread of its own, which is left behind when the task
    /// is cancelled.
    ///
    /// - Throws: `LookupError`, or `CancellationError`.
    package static func lookUp(_ host: String, port: Int) async throws -> [SocketAddress] {
        if let numeric = SocketAddress(host: host, port: port) { return [numeric] }
        let answer = LookupAnswer()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                answer.await(continuation)
                do {
                    let thread = try Syscall.startThread("apus-lookup") {
                        answer.give(Result { try addresses(of: host, port: port) })
                    }
                    Syscall.detach(thread)
                } catch {
                    answer.give(.failure(error))
                }
            }
        } onCancel: {
            answer.give(.failure(CancellationError()))
        }
    }

    private static func addresses(of host: String, port: Int) throws(LookupError) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else { throw LookupError(host: host, reason: String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let current = entry {
            if let address = current.pointee.ai_addr {
                var storage = sockaddr_storage()
                let size = min(Int(current.pointee.ai_addrlen), MemoryLayout<sockaddr_storage>.size)
                withUnsafeMutableBytes(of: &storage) { octets in
                    octets.copyMemory(from: UnsafeRawBufferPointer(start: address, count: size))
                }
                addresses.append(SocketAddress(kernelForm: storage))
            }
            entry = current.pointee.ai_next
        }
        return addresses
    }
}

/// Why a name has no address.
package struct LookupError: Error, CustomStringConvertible {
    let host: String
    let reason: String

    package var description: String { "The host '\(host)' was not found: \(reason)" }
}

/// The one answer to a lookup, whoever gives it first: the system, or the end of the task.
private final class LookupAnswer: Sendable {
    private typealias Answer = Result<[SocketAddress], any Error>

    private enum State {
        case open
        case awaited(CheckedContinuation<[SocketAddress], any Error>)
        case given(Answer)
        case taken
    }

    private let state = Mutex(State.open)

    func await(_ continuation: CheckedContinuation<[SocketAddress], any Error>) {
        let given = state.withLock { state -> Answer? in
            guard case .given(let answer) = state else {
                state = .awaited(continuation)
                return nil
            }
            state = .taken
            return answer
        }
        if let given { continuation.resume(with: given) }
    }

    func give(_ answer: Result<[SocketAddress], any Error>) {
        let waiting = state.withLock { state -> CheckedContinuation<[SocketAddress], any Error>? in
            switch state {
            case .open:
                state = .given(answer)
                return nil
            case .awaited(let continuation):
                state = .taken
                return continuation
            case .given, .taken:
                return nil
            }
        }
        waiting?.resume(with: answer)
    }
}

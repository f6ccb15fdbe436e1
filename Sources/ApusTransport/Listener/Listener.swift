import Glibc
import Synchronization

/// A bound socket that accepts connections.
///
/// Bound where it is made, so that a bad address or a port in use is an error at start; accepting begins with `activate(on:)`.
///
/// `@unchecked Sendable`: what changes after `activate(on:)` is touched on that loop's thread only.
package final class Listener: @unchecked Sendable {
    /// Where the socket is bound; port 0 has become the port that the system chose.
    package let address: SocketAddress

    private let descriptor: Int32
    private var loop: EventLoop?
    private var isClosed = false
    private var acceptor: UnsafeContinuation<Void, Never>?
    private var timer: LoopTimer?

    /// How many connections the kernel keeps waiting for `accept`.
    package static let backlog: Int32 = 4_096

    /// Binds `address` and begins to listen.
    package init(binding address: SocketAddress) throws(ListenerError) {
        if case .unix(let path) = address {
            guard path.utf8.count <= SocketAddress.maximumPathOctets else { throw .pathTooLong(path) }
            try Self.removeStaleSocket(address, path)
        }
        do throws(SystemError) {
            descriptor = try Syscall.socket(address.family)
        } catch {
            throw .refused(address, error)
        }
        do throws(SystemError) {
            switch address {
            case .ipv4:
                try Syscall.setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
            case .ipv6:
                try Syscall.setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
                // So that the same port can be bound for IPv4 as well, whatever the system's default is.
                try Syscall.setOption(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1)
            case .unix:
                break
            }
            try Syscall.bind(descriptor, to: address)
            try Syscall.listen(descriptor, backlog: Self.backlog)
            self.address = try Syscall.localAddress(descriptor)
        } catch {
            Syscall.close(descriptor)
            throw error.code == EADDRINUSE ? .inUse(address) : .refused(address, error)
        }
    }

    deinit {
        closeDescriptor()
    }

    /// A socket file that nobody listens on is a leftover of a server that was killed; one that answers is in use.
    private static func removeStaleSocket(_ address: SocketAddress, _ path: String) throws(ListenerError) {
        guard let probe = try? Syscall.socket(AF_UNIX) else { return }
        defer { Syscall.close(probe) }
        do throws(SystemError) {
            try Syscall.connect(probe, to: address)
        } catch {
            if error.code == ECONNREFUSED { Syscall.removeSocket(at: path) }
            return
        }
        throw .inUse(address)
    }

    /// Begins to accept on `loop`, on which this and all that follows must be called.
    package func activate(on loop: EventLoop) throws(SystemError) {
        guard !isClosed else { return }
        self.loop = loop
        try loop.register(descriptor, for: self)
    }

    /// A connection that was accepted.
    ///
    /// Its socket belongs to whoever makes a channel of it, or calls `discard()`.
    package struct Accepted: Sendable {
        package let descriptor: Int32
        package let peer: SocketAddress

        package func discard() {
            Syscall.close(descriptor)
        }

        /// Discards it with a reset, which leaves nothing behind on either side.
        package func reset() {
            Syscall.resetOnClose(descriptor)
            discard()
        }
    }

    /// How long accepting pauses when the process has run out of descriptors or memory.
    private static let starvationPause: UInt64 = 100_000_000

    /// The next connection; nil once the listener is closed.
    ///
    /// - Parameter starved: told when the system had no descriptor or memory left; accepting goes on after 100 ms.
    package func accept(starved: (SystemError) -> Void) async -> Accepted? {
        while !isClosed {
            switch Syscall.accept(descriptor) {
            case .accepted(let descriptor, let peer):
                return Accepted(descriptor: descriptor, peer: peer)
            case .wouldBlock:
                await withUnsafeContinuation { acceptor = $0 }
            case .failed(let error) where [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.code):
                starved(error)
                pause()
                await withUnsafeContinuation { acceptor = $0 }
            case .failed:
                // The connection died in the queue (ECONNABORTED and the network's own errors, accept(2)): next.
                continue
            }
        }
        return nil
    }

    private func pause() {
        guard let loop else { return }
        let timer = timer ?? LoopTimer { [unowned self] in resumeAcceptor() }
        self.timer = timer
        loop.schedule(timer, at: loop.now + Self.starvationPause)
    }

    private func resumeAcceptor() {
        guard let acceptor else { return }
        self.acceptor = nil
        acceptor.resume()
    }

    /// Stops listening; `accept` returns nil from now on.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        if let timer { loop?.cancel(timer) }
        loop?.deregister(descriptor)
        closeDescriptor()
        resumeAcceptor()
    }

    private let isDescriptorClosed = Atomic<Bool>(false)

    private func closeDescriptor() {
        guard !isDescriptorClosed.exchange(true, ordering: .relaxed) else { return }
        if case .unix(let path) = address { Syscall.removeSocket(at: path) }
        Syscall.close(descriptor)
    }
}

extension Listener: PollTarget {
    func becameReady(_ readiness: Poller.Readiness) {
        resumeAcceptor()
    }
}

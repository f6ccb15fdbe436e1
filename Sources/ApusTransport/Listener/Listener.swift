import Glibc
import Synchronization

/// A bound socket that accepts connections.
///
/// Bound where it is made, so that a bad address or a port in use is an error at start; accepting begins with `activate(on:)`.
///
/// `@unchecked Sendable`: what changes after `activate(on:)` is touched on that loop's thread only.
package final class Listener: PollTarget, @unchecked Sendable {
    /// Where the socket is bound; port 0 has become the port that the system chose.
    package let address: SocketAddress

    private let kernel: Kernel
    private let descriptor: Int32
    /// Somebody else has opened the socket, and goes on with it when this process has ended.
    private let isInherited: Bool
    /// Another process may listen on the same port.
    package let sharesPort: Bool
    private var loop: EventLoop?
    private var isClosed = false
    private var acceptor: UnsafeContinuation<Void, Never>?
    private var hasEvent = false

    /// How many connections the kernel keeps waiting for `accept`.
    package static let backlog: Int32 = 4_096

    /// Binds `address` and begins to listen.
    ///
    /// - Parameter sharingPort: other processes of this user that say so too may listen there as well (SO_REUSEPORT).
    package init(
        binding address: SocketAddress, sharingPort: Bool = false, on kernel: Kernel = .linux
    ) throws(ListenerError) {
        self.kernel = kernel
        isInherited = false
        sharesPort = sharingPort
        if case .unix(let path) = address {
            guard path.utf8.count <= SocketAddress.maximumPathOctets else { throw .pathTooLong(path) }
            try Self.removeStaleSocket(address, path)
        }
        do throws(SystemError) {
            (descriptor, self.address) = try kernel.listen(
                at: address, sharingPort: sharingPort, backlog: Self.backlog)
        } catch {
            throw error.code == EADDRINUSE ? .inUse(address) : .refused(address, error)
        }
    }

    /// Goes on with a socket that the service manager has opened.
    package init(
        inheriting choice: InheritedSockets.Choice, from sockets: InheritedSockets = .current
    ) throws(ListenerError) {
        kernel = .linux
        isInherited = true
        sharesPort = false
        descriptor = try sockets.take(choice)
        if let found = Syscall.objection(toListening: descriptor) { throw .notListening("\(choice)", found: found) }
        do throws(SystemError) {
            try Syscall.adopt(descriptor)
            address = try Syscall.localAddress(descriptor)
        } catch {
            throw .notListening("\(choice)", found: error.description)
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
        let kernel: Kernel

        package func discard() {
            kernel.close(descriptor)
        }

        /// Discards it with a reset, which leaves nothing behind on either side.
        package func reset() {
            kernel.resetOnClose(descriptor)
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
            hasEvent = false
            switch kernel.accept(descriptor) {
            case .accepted(let descriptor, let peer):
                return Accepted(descriptor: descriptor, peer: peer, kernel: kernel)
            case .wouldBlock:
                await waitForEvent()
            case .failed(let error) where [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.code):
                starved(error)
                pause()
                await waitForEvent()
            case .failed:
                // The connection died in the queue (ECONNABORTED and the network's own errors, accept(2)): next.
                continue
            }
        }
        return nil
    }

    /// Leaves new connections to whoever shares the port since; handshakes that have begun still end here.
    ///
    /// The oldest of two that share a port is the first for the kernel, and so is the one that goes.
    package func yieldPort() {
        if sharesPort && !isClosed { kernel.yieldPort(of: descriptor) }
    }

    /// A connection that waits already; nil when none does, and for an inherited socket, whose queue is not lost.
    package func acceptWaiting() -> Accepted? {
        guard !isClosed, !isInherited else { return nil }
        while true {
            switch kernel.accept(descriptor) {
            case .accepted(let descriptor, let peer):
                return Accepted(descriptor: descriptor, peer: peer, kernel: kernel)
            case .wouldBlock: return nil
            case .failed(let error) where [EMFILE, ENFILE, ENOBUFS, ENOMEM, EBADF, EINVAL].contains(error.code):
                return nil
            case .failed: continue
            }
        }
    }

    private func pause() {
        guard let loop else { return }
        loop.schedule(self, at: loop.now + Self.starvationPause)
    }

    override func timeCame() {
        resumeAcceptor()
    }

    /// Suspends until something has happened since `accept` was tried, be that before there is a continuation.
    private func waitForEvent() async {
        await withUnsafeContinuation { acceptor in
            self.acceptor = acceptor
            if hasEvent { resumeAcceptor() }
        }
    }

    override func becameReady(_ readiness: Poller.Readiness) {
        resumeAcceptor()
    }

    private func resumeAcceptor() {
        hasEvent = true
        guard let acceptor else { return }
        self.acceptor = nil
        acceptor.resume()
    }

    /// Stops listening; `accept` returns nil from now on.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        loop?.cancel(self)
        loop?.deregister(descriptor)
        closeDescriptor()
        resumeAcceptor()
    }

    private let isDescriptorClosed = Atomic<Bool>(false)

    private func closeDescriptor() {
        guard !isDescriptorClosed.exchange(true, ordering: .relaxed) else { return }
        if case .unix(let path) = address, !isInherited { Syscall.removeSocket(at: path) }
        kernel.close(descriptor)
    }
}

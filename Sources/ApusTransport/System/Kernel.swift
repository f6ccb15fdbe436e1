import Glibc

/// The operating system as event loops, channels and listeners see it: sockets, readiness, time, and something that runs a loop.
///
/// The one seam beneath a server. It is Linux, but for simulations; to ask which costs a comparison, and no more.
package struct Kernel: Sendable {
    /// The system that this process runs on, with a thread for each loop.
    package static let linux = Kernel()

    private let standIn: (any KernelStandIn)?

    private init() { standIn = nil }

    package init(_ standIn: any KernelStandIn) { self.standIn = standIn }

    var isStoodInFor: Bool { standIn != nil }

    // MARK: Octets

    package func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        if let standIn { return standIn.receive(descriptor, into: buffer) }
        return Syscall.receive(descriptor, into: buffer)
    }

    package func send(_ descriptor: Int32, _ octets: UnsafeRawBufferPointer) -> Transfer {
        if let standIn { return standIn.send(descriptor, octets) }
        return Syscall.send(descriptor, octets)
    }

    package func shutdownSending(_ descriptor: Int32) {
        if let standIn { return standIn.shutdownSending(descriptor) }
        Syscall.shutdownSending(descriptor)
    }

    package func unacknowledgedCount(_ descriptor: Int32) -> Int {
        if let standIn { return standIn.unacknowledgedCount(descriptor) }
        return Syscall.unacknowledgedCount(descriptor)
    }

    package func resetOnClose(_ descriptor: Int32) {
        if let standIn { return standIn.resetOnClose(descriptor) }
        Syscall.resetOnClose(descriptor)
    }

    package func close(_ descriptor: Int32) {
        if let standIn { return standIn.close(descriptor) }
        Syscall.close(descriptor)
    }

    // MARK: Sockets

    package func listen(
        at address: SocketAddress, sharingPort: Bool, backlog: Int32
    ) throws(SystemError) -> (descriptor: Int32, address: SocketAddress) {
        if let standIn { return try standIn.listen(at: address, sharingPort: sharingPort, backlog: backlog) }
        let descriptor = try Syscall.socket(address.family)
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
            if sharingPort { try Syscall.setOption(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
            try Syscall.bind(descriptor, to: address)
            try Syscall.listen(descriptor, backlog: backlog)
            return (descriptor, try Syscall.localAddress(descriptor))
        } catch {
            Syscall.close(descriptor)
            throw error
        }
    }

    package func accept(_ listener: Int32) -> Acceptance {
        if let standIn { return standIn.accept(listener) }
        return Syscall.accept(listener)
    }

    package func yieldPort(of listener: Int32) {
        if let standIn { return standIn.yieldPort(of: listener) }
        Syscall.yieldPort(of: listener)
    }

    package func connect(to address: SocketAddress) throws(SystemError) -> Int32 {
        if let standIn { return try standIn.connect(to: address) }
        let descriptor = try Syscall.socket(address.family)
        do throws(SystemError) {
            try Syscall.connect(descriptor, to: address)
        } catch {
            Syscall.close(descriptor)
            throw error
        }
        return descriptor
    }

    package func pendingError(_ descriptor: Int32) -> SystemError? {
        if let standIn { return standIn.pendingError(descriptor) }
        return Syscall.pendingError(descriptor)
    }

    package func disableDelay(_ descriptor: Int32) throws(SystemError) {
        if let standIn { return try standIn.disableDelay(descriptor) }
        try Syscall.disableDelay(descriptor)
    }

    package func raiseDescriptorLimit() -> Int {
        if let standIn { return standIn.raiseDescriptorLimit() }
        return Syscall.raiseDescriptorLimit()
    }

    // MARK: Readiness

    package func eventDescriptor() throws(SystemError) -> Int32 {
        if let standIn { return try standIn.eventDescriptor() }
        return try Syscall.eventDescriptor()
    }

    package func signal(eventDescriptor: Int32) {
        if let standIn { return standIn.signal(eventDescriptor: eventDescriptor) }
        Syscall.signal(eventDescriptor: eventDescriptor)
    }

    package func timerDescriptor() throws(SystemError) -> Int32 {
        if let standIn { return try standIn.timerDescriptor() }
        return try Syscall.timerDescriptor()
    }

    package func setTimer(_ timerDescriptor: Int32, to nanoseconds: UInt64) {
        if let standIn { return standIn.setTimer(timerDescriptor, to: nanoseconds) }
        Syscall.setTimer(timerDescriptor, to: nanoseconds)
    }

    package func drain(_ descriptor: Int32) {
        if let standIn { return standIn.drain(descriptor) }
        Syscall.drain(eventDescriptor: descriptor)
    }

    package func epollCreate() throws(SystemError) -> Int32 {
        if let standIn { return try standIn.epollCreate() }
        return try Syscall.epollCreate()
    }

    package func epollAdd(
        _ epoll: Int32, _ descriptor: Int32, events: UInt32, token: UInt64
    ) throws(SystemError) {
        if let standIn { return try standIn.epollAdd(epoll, descriptor, events: events, token: token) }
        try Syscall.epollAdd(epoll, descriptor, events: events, token: token)
    }

    package func epollWait(
        _ epoll: Int32, _ events: UnsafeMutableRawPointer, capacity: Int32, sleeping: Bool
    ) -> Int32 {
        if let standIn { return standIn.epollWait(epoll, events, capacity: capacity, sleeping: sleeping) }
        return Syscall.epollWait(epoll, events, capacity: capacity, milliseconds: sleeping ? -1 : 0)
    }

    // MARK: Time and chance

    package func monotonicNanoseconds() -> UInt64 {
        if let standIn { return standIn.monotonicNanoseconds() }
        return Syscall.monotonicNanoseconds()
    }

    package func secondsSince1970() -> Int {
        if let standIn { return standIn.secondsSince1970() }
        return Syscall.secondsSince1970()
    }

    package func randomNumber() -> UInt64 {
        if let standIn { return standIn.randomNumber() }
        return .random(in: .min ... .max)
    }

    // MARK: Running

    package func run(_ loop: EventLoop) throws(SystemError) -> @Sendable () -> Void {
        if let standIn { return try standIn.run(loop) }
        let thread = try Syscall.startThread("apus-loop-\(loop.index)") { loop.run() }
        return { Syscall.join(thread) }
    }
}

/// What a non-blocking read or write came to.
package enum Transfer {
    case count(Int)
    case wouldBlock
    case failed(SystemError)
}

/// What a non-blocking accept came to.
package enum Acceptance {
    case accepted(Int32, peer: SocketAddress)
    case wouldBlock
    case failed(SystemError)
}

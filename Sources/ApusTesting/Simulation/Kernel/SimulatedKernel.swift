import ApusTransport
import Glibc

/// Answers in the place of Linux: descriptors, polling and time are those of a simulated machine.
///
/// `@unchecked Sendable`: everything is touched on the simulation's one thread only, which `check()` sees to where others could come in.
final class SimulatedKernel: KernelStandIn, @unchecked Sendable {
    let network = SimulatedNetwork()
    var chance: Chance
    var trace = TraceHash()
    let thread: SimulationThread
    /// Seconds since 1970 at the beginning of the world, and what its clocks were set forward since.
    var wallClockOffset: Int = 1_750_000_000
    var descriptorLimit = 65_536
    /// By their number, the lowest free one first, as POSIX has it.
    private var descriptors: [Pollable?] = []
    private(set) var openCount = 0
    /// The loops that this machine runs.
    private(set) var loops: [SimulatedLoop] = []
    /// The one that is being run.
    var current: SimulatedLoop?

    init(seed: UInt64, on thread: SimulationThread) {
        chance = Chance(seed: seed)
        self.thread = thread
    }

    // MARK: Descriptors

    func open(_ pollable: Pollable) throws(SystemError) -> Int32 {
        guard openCount < descriptorLimit else { throw SystemError("socket", EMFILE) }
        openCount += 1
        if let free = descriptors.firstIndex(where: { $0 == nil }) {
            descriptors[free] = pollable
            return Int32(free)
        }
        descriptors.append(pollable)
        return Int32(descriptors.count - 1)
    }

    private func find<Kind: Pollable>(_ descriptor: Int32, _ call: StaticString, as kind: Kind.Type) -> Kind? {
        let index = Int(descriptor)
        guard descriptors.indices.contains(index), let found = descriptors[index] as? Kind else {
            thread.note(.closedDescriptor(call: "\(call)", descriptor))
            return nil
        }
        return found
    }

    func close(_ descriptor: Int32) {
        guard let pollable = find(descriptor, "close", as: Pollable.self) else { return }
        trace.mix(UInt64(descriptor) | 1 << 40)
        descriptors[Int(descriptor)] = nil
        openCount -= 1
        switch pollable {
        case let socket as SimulatedSocket: socket.close(by: &chance)
        case let listener as SimulatedListener: listener.close(by: &chance)
        default: pollable.deregister()
        }
    }

    // MARK: Octets

    func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        guard let socket = find(descriptor, "recv", as: SimulatedSocket.self) else {
            return .failed(SystemError("recv", EBADF))
        }
        let transfer = socket.read(into: buffer)
        trace.mix(UInt64(descriptor) | 2 << 40)
        if case .count(let count) = transfer { trace.mix(UInt64(count)) }
        return transfer
    }

    func send(_ descriptor: Int32, _ octets: UnsafeRawBufferPointer) -> Transfer {
        guard let socket = find(descriptor, "send", as: SimulatedSocket.self) else {
            return .failed(SystemError("send", EBADF))
        }
        let transfer = socket.send(octets, by: &chance)
        trace.mix(UInt64(descriptor) | 3 << 40)
        if case .count(let count) = transfer { trace.mix(UnsafeRawBufferPointer(rebasing: octets[..<count])) }
        return transfer
    }

    func shutdownSending(_ descriptor: Int32) {
        find(descriptor, "shutdown", as: SimulatedSocket.self)?.shutdownSending(by: &chance)
    }

    func unacknowledgedCount(_ descriptor: Int32) -> Int {
        find(descriptor, "ioctl", as: SimulatedSocket.self)?.unacknowledgedCount ?? 0
    }

    func resetOnClose(_ descriptor: Int32) {
        find(descriptor, "setsockopt", as: SimulatedSocket.self)?.resetOnClose()
    }

    // MARK: Sockets

    func listen(
        at address: SocketAddress, sharingPort: Bool, backlog: Int32
    ) throws(SystemError) -> (descriptor: Int32, address: SocketAddress) {
        let listener = try network.listen(at: address, backlog: Int(backlog))
        return (try open(listener), listener.address)
    }

    func accept(_ descriptor: Int32) -> Acceptance {
        guard let listener = find(descriptor, "accept", as: SimulatedListener.self) else {
            return .failed(SystemError("accept", EBADF))
        }
        guard openCount < descriptorLimit else { return .failed(SystemError("accept", EMFILE)) }
        guard let socket = listener.next() else { return .wouldBlock }
        do throws(SystemError) {
            let descriptor = try open(socket)
            trace.mix(UInt64(descriptor) | 4 << 40)
            return .accepted(descriptor, peer: socket.remote)
        } catch {
            return .failed(error)
        }
    }

    /// No two of a simulation's servers share a port.
    func yieldPort(of listener: Int32) {}

    func connect(to address: SocketAddress) throws(SystemError) -> Int32 {
        guard openCount < descriptorLimit else { throw SystemError("socket", EMFILE) }
        return try open(network.connect(to: address, by: &chance))
    }

    func pendingError(_ descriptor: Int32) -> SystemError? {
        find(descriptor, "getsockopt", as: SimulatedSocket.self)?.pendingError
    }

    /// What is sent leaves at once anyway.
    func disableDelay(_ descriptor: Int32) {}

    func raiseDescriptorLimit() -> Int { descriptorLimit }

    // MARK: Time and chance

    func monotonicNanoseconds() -> UInt64 { network.now }

    func secondsSince1970() -> Int { wallClockOffset + Int(network.now / 1_000_000_000) }

    func randomNumber() -> UInt64 { chance.next() }

    // MARK: Running

    func run(_ loop: EventLoop) throws(SystemError) -> @Sendable () -> Void {
        loops.append(SimulatedLoop(loop))
        return { [self] in
            // Its last jobs; the other loops stand still meanwhile, as the thread that waits for this one does.
            while let simulated = loops.first(where: { $0.loop === loop }) { step(simulated) }
        }
    }

    /// Lets a loop do one thing.
    func step(_ simulated: SimulatedLoop) {
        let loop = simulated.loop
        let previous = current
        current = simulated
        loop.enter()
        let jobs = loop.readyJobCount
        var isRunning = true
        if jobs > 0 && !chance.happens(0.1) {
            loop.runReadyJob(at: chance.below(jobs))
        } else {
            simulated.isAsleep = false
            isRunning = loop.look()
        }
        loop.leave()
        current = previous
        guard !isRunning else { return }
        loops.removeAll { $0 === simulated }
        if loop.timerCount > 0 || loop.registrationCount > 0 {
            thread.note(.leftBehind(timers: loop.timerCount, sockets: loop.registrationCount))
        }
    }
}

extension SimulatedKernel {
    // MARK: Readiness

    func eventDescriptor() throws(SystemError) -> Int32 { try open(SimulatedEvent()) }

    func signal(eventDescriptor: Int32) {
        guard thread.check(.foreignJob) else { return }
        find(eventDescriptor, "write", as: SimulatedEvent.self)?.signal()
    }

    func timerDescriptor() throws(SystemError) -> Int32 { try open(SimulatedTimer()) }

    func setTimer(_ timerDescriptor: Int32, to nanoseconds: UInt64) {
        guard let timer = find(timerDescriptor, "timerfd_settime", as: SimulatedTimer.self) else { return }
        timer.set()
        guard nanoseconds > 0 else { return }
        let setting = timer.setting
        network.after(nanoseconds) { timer.timeCame(of: setting) }
    }

    func drain(_ descriptor: Int32) {
        switch find(descriptor, "read", as: Pollable.self) {
        case let event as SimulatedEvent: event.drain()
        case let timer as SimulatedTimer: timer.drain()
        default: break
        }
    }

    func epollCreate() throws(SystemError) -> Int32 { try open(SimulatedEpoll()) }

    func epollAdd(_ epoll: Int32, _ descriptor: Int32, events: UInt32, token: UInt64) throws(SystemError) {
        guard let epoll = find(epoll, "epoll_ctl", as: SimulatedEpoll.self),
            let pollable = find(descriptor, "epoll_ctl", as: Pollable.self)
        else { throw SystemError("epoll_ctl", EBADF) }
        pollable.register(with: epoll, token: token)
    }

    func epollWait(_ epoll: Int32, _ events: UnsafeMutableRawPointer, capacity: Int32, sleeping: Bool) -> Int32 {
        guard let epoll = find(epoll, "epoll_wait", as: SimulatedEpoll.self) else { return 0 }
        let taken = epoll.take(atMost: Int(capacity), by: &chance)
        for (index, event) in taken.enumerated() {
            Poller.write(event.readiness, token: event.token, at: index, of: events)
            trace.mix(event.token)
        }
        // Whoever sleeps is not asked again before something is there.
        if sleeping && epoll.isEmpty && taken.isEmpty, let current {
            current.isAsleep = true
            // Not to keep the loop, which closes this descriptor when nobody needs it any more.
            epoll.wake = { [weak current] in current?.isAsleep = false }
        }
        return Int32(taken.count)
    }
}

/// One of a simulated machine's loops.
final class SimulatedLoop {
    let loop: EventLoop
    /// It waits for an event.
    var isAsleep = false

    init(_ loop: EventLoop) {
        self.loop = loop
    }
}

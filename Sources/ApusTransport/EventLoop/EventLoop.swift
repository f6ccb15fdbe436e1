import Glibc
import Synchronization

/// One thread with one epoll instance: the executor of every connection actor that lives on it.
///
/// As a `SerialExecutor` it runs the jobs of actors that name it as their `unownedExecutor`; as a `TaskExecutor` it runs the
/// nonisolated code and the default actors of tasks that prefer it. So a connection's reads, its handler and its writes
/// all happen on one thread.
///
/// `@unchecked Sendable`: every stored `var` is touched on the loop's own thread only, which the methods that use them assert;
/// other threads come in through `RemoteJobs` and the atomic members.
package final class EventLoop: @unchecked Sendable {
    /// The loop's place in its group, from zero.
    package let index: Int
    package let kernel: Kernel

    private let remote: RemoteJobs
    private let wakeUp: Int32
    /// A time-out for each `epoll_wait` would have the kernel set and cancel a timer each time; this one is set only when the next
    /// deadline changes, which for connections that are in use is seldom.
    let alarm: Int32
    private let poller: Poller
    private let waitForEnd = Mutex<(@Sendable () -> Void)?>(nil)
    /// The loop's thread; zero, which no thread is called, before it runs.
    private let owner = Atomic<pthread_t>(0)

    /// What the loop is at, readable from any thread.
    package let activity = LoopActivity()

    // Confined to the loop's thread from here on.

    /// Nanoseconds of the monotonic clock, as of the last return from the kernel.
    package var now: UInt64 { lastLook }
    private var lastLook: UInt64
    /// By the wall clock; nil until somebody asks.
    var second: Int?
    /// When `second` was read.
    var secondTime: UInt64 = 0
    private let ready = LoopQueue<UnownedJob>()
    var timers = TimerQueue()
    /// That of the first timer, in a place that costs nothing to look at.
    var nextDeadline = UInt64.max
    /// When the alarm will go off: at the next deadline or before, never after.
    var alarmTime = UInt64.max
    private let targets = PollTargets()
    private var generation: UInt32 = 0
    /// The places of those that have something to send.
    private let unflushed = LoopQueue<Int32>()
    private var lastFlush: UInt64 = 0
    private var turns = TurnQueue<Channel>()
    /// There is a channel in `turns`; in a place that costs nothing to look at.
    private var isTurnDue = false
    private let buffers = BufferPool()
    let scratch = ScratchBuffers()

    package init(index: Int, on kernel: Kernel) throws(SystemError) {
        self.index = index
        self.kernel = kernel
        wakeUp = try kernel.eventDescriptor()
        do throws(SystemError) {
            alarm = try kernel.timerDescriptor()
        } catch {
            kernel.close(wakeUp)
            throw error
        }
        do throws(SystemError) {
            poller = try Poller(on: kernel)
            try poller.add(wakeUp, token: Self.wakeUpToken)
            try poller.add(alarm, token: Self.alarmToken)
        } catch {
            kernel.close(wakeUp)
            kernel.close(alarm)
            throw error
        }
        remote = RemoteJobs(wakeUp: wakeUp, on: kernel)
        lastLook = kernel.monotonicNanoseconds()
    }

    deinit {
        kernel.close(wakeUp)
        kernel.close(alarm)
    }

    // MARK: Life

    package func start() throws(SystemError) {
        let waits = try kernel.run(self)
        waitForEnd.withLock { $0 = waits }
    }

    /// Ends the loop once it has no more jobs, and waits for its thread.
    ///
    /// Not to be called on the loop itself.
    ///
    /// Blocks the calling thread for as long as the jobs that are ready take; the owner stops a loop only after the last connection has left it.
    package func stop() {
        precondition(!isCurrent, "an event loop cannot wait for itself")
        remote.stop()
        let waits = waitForEnd.withLock { waits in
            defer { waits = nil }
            return waits
        }
        waits?()
    }

    /// True on the loop's own thread.
    package var isCurrent: Bool {
        owner.load(ordering: .relaxed) == Syscall.currentThread
    }

    /// Runs on the current thread until `stop()` is called.
    package func run() {
        enter()
        repeat { runReadyJobs() } while look()
    }

    /// Makes the current thread the loop's own.
    package func enter() {
        owner.store(Syscall.currentThread, ordering: .relaxed)
    }

    /// Ends what `enter()` began, for a thread that runs several loops in turn.
    package func leave() {
        owner.store(0, ordering: .relaxed)
    }

    /// Looks for what has come from other threads, from the sockets and with the time; sleeps when there is nothing to do.
    ///
    /// - Returns: false when the loop was stopped and has no more jobs.
    package func look() -> Bool {
        let arrival = remote.take(into: ready, sleeping: ready.isEmpty && !isTurnDue)
        if arrival == .stopped && ready.isEmpty { return false }
        let isIdle = ready.isEmpty && !isTurnDue
        // Those that end a turn from here on have their next one after another look.
        let dueTurns = isTurnDue ? turns.count : 0
        if isIdle { setAlarm() }
        poll(sleeping: isIdle)
        fireTimers()
        if dueTurns > 0 { beginTurns(dueTurns) }
        return true
    }

    /// Rounds of jobs between two looks at the kernel: jobs that wake each other finish without a system call,
    /// and those that wake each other for ever cannot keep the sockets waiting.
    private static let maximumRounds = 16

    func runReadyJobs() {
        var rounds = 0
        while !ready.isEmpty && rounds < Self.maximumRounds {
            rounds += 1
            for _ in 0..<ready.count {
                guard let job = ready.popFirst() else { break }
                flushIfDue()
                run(job)
            }
        }
        flush()
    }

    @inline(__always)
    private func run(_ job: UnownedJob) {
        activity.begin(TaskIdentity.of(job))
        unsafe job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    }

    /// How many jobs wait to be run.
    package var readyJobCount: Int { ready.count }

    /// Runs one of the jobs that are ready out of its turn: the executor of an actor owes no order.
    package func runReadyJob(at place: Int) {
        ready.moveToFront(place)
        guard let job = ready.popFirst() else { return }
        run(job)
        flush()
    }

    // MARK: Sockets

    private static let wakeUpToken = UInt64.max
    private static let alarmToken = UInt64.max - 1

    /// Registers `descriptor` for both directions until `deregister` and the closing of the descriptor.
    func register(_ descriptor: Int32, for target: PollTarget) throws(SystemError) {
        assert(isCurrent)
        generation &+= 1
        let token = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
        try poller.add(descriptor, token: token)
        target.generation = generation
        targets.add(target, at: Int(descriptor))
    }

    func deregister(_ descriptor: Int32) {
        assert(isCurrent)
        targets.remove(at: Int(descriptor))
    }

    /// How many sockets are registered.
    package var registrationCount: Int { targets.count }

    private func poll(sleeping: Bool) {
        if sleeping { activity.fallAsleep() }
        let count = poller.wait(sleeping: sleeping)
        activity.awake()
        lastLook = kernel.monotonicNanoseconds()
        targets.beginTelling()
        for index in 0..<count {
            let (token, readiness) = poller.event(index)
            if token == Self.wakeUpToken {
                kernel.drain(wakeUp)
                continue
            }
            if token == Self.alarmToken {
                kernel.drain(alarm)
                alarmTime = .max
                continue
            }
            targets.tell(at: Int(token & 0xFFFF_FFFF)) { target in
                guard target.generation == UInt32(token >> 32) else { return }
                flushIfDue()
                target.becameReady(readiness)
            }
        }
        flush()
        targets.endTelling()
    }

    // MARK: Turns

    /// Lets `channel` go on reading after the other sockets were looked at.
    func beginTurnLater(_ channel: Channel) {
        turns.append(channel)
        isTurnDue = true
    }

    /// How many channels have their next turn between two looks at the sockets: a peer that asks for little gets it between the turns of
    /// those that ask without end, however many they are.
    private static let turnsPerLook = 8

    private func beginTurns(_ due: Int) {
        for _ in 0..<min(due, Self.turnsPerLook) {
            guard let channel = turns.popFirst() else { break }
            flushIfDue()
            channel.beginNextTurn()
        }
        flush()
        isTurnDue = !turns.isEmpty
    }

    // MARK: Output

    /// How long, in nanoseconds, what was written waits for what others are about to write.
    private static let flushDelay: UInt64 = 500_000

    /// Has a channel flushed soon.
    ///
    /// All that a look at the sockets brings about, and then all that jobs do, leaves together: in one system call for each channel, and one
    /// such call after the other. Each would find the processor's caches full of handlers otherwise, and leave them full of the kernel.
    ///
    /// - Parameter descriptor: the channel's, which it has registered.
    func flushSoon(_ descriptor: Int32) { unflushed.append(descriptor) }

    /// Flushes when what was written has waited long enough; before the next handler, as what the last has written leaves anyway.
    private func flushIfDue() {
        guard !unflushed.isEmpty else { return }
        let now = kernel.monotonicNanoseconds()
        guard now &- max(lastLook, lastFlush) >= Self.flushDelay else { return }
        lastFlush = now
        flush()
    }

    func flush() {
        if !unflushed.isEmpty { flushAll() }
    }

    private func flushAll() {
        targets.beginTelling()
        // A flush wakes tasks but runs none, so that no channel comes to these meanwhile.
        while let descriptor = unflushed.popFirst() {
            targets.tell(at: Int(descriptor)) { $0.flushNow() }
        }
        targets.endTelling()
    }

    /// An empty buffer for output, if one is there with memory already.
    func takeBuffer() -> [UInt8] { buffers.take() }

    /// Takes `buffer`'s memory and leaves an empty array in its place.
    func giveBack(_ buffer: inout [UInt8]) { buffers.giveBack(&buffer) }

    // MARK: Jobs

    fileprivate func add(_ job: UnownedJob) {
        if isCurrent {
            ready.append(job)
        } else {
            remote.add(job)
        }
    }
}

extension EventLoop: SerialExecutor, TaskExecutor {
    package func enqueue(_ job: consuming ExecutorJob) {
        add(UnownedJob(job))
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(isCurrent, "expected to run on event loop \(index)")
    }

    package func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }
}

/// What an event loop polls the descriptor of; one descriptor each.
package class PollTarget: Timed {
    /// Tells the descriptor from an earlier one with the same number, of which there may still be an event.
    fileprivate final var generation: UInt32 = 0

    /// Called on the loop's thread, between jobs.
    func becameReady(_ readiness: Poller.Readiness) {}

    /// Called on the loop's thread for whoever has asked for it with `EventLoop.flushSoon(_:)`, or has the descriptor of one who has.
    func flushNow() {}
}

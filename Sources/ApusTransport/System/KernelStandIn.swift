/// What answers in the place of Linux: a simulation, which so decides what happens and when.
///
/// It behaves as Linux does, edge-triggered polling included.
package protocol KernelStandIn: AnyObject, Sendable {
    // MARK: Octets

    func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Transfer
    func send(_ descriptor: Int32, _ octets: UnsafeRawBufferPointer) -> Transfer
    /// Ends the sending direction; the peer reads end-of-stream.
    func shutdownSending(_ descriptor: Int32)
    /// How many octets the peer has not acknowledged; zero when that is not known.
    func unacknowledgedCount(_ descriptor: Int32) -> Int
    /// Makes the coming `close` send a reset.
    func resetOnClose(_ descriptor: Int32)
    func close(_ descriptor: Int32)

    // MARK: Sockets

    /// A socket that listens at `address`, and where it does: port 0 has become the port that the system chose.
    func listen(
        at address: SocketAddress, sharingPort: Bool, backlog: Int32
    ) throws(SystemError) -> (descriptor: Int32, address: SocketAddress)
    func accept(_ listener: Int32) -> Acceptance
    /// Has new connections to a shared port go to the next process that listens there, if there is one.
    func yieldPort(of listener: Int32)
    /// A socket whose connection to `address` has begun; it becomes writable, or fails.
    func connect(to address: SocketAddress) throws(SystemError) -> Int32
    /// The error that a socket waits to report, such as that of a connection attempt; nil when there is none.
    func pendingError(_ descriptor: Int32) -> SystemError?
    /// Has small messages leave at once (TCP_NODELAY).
    func disableDelay(_ descriptor: Int32) throws(SystemError)
    /// Raises this process's limit of open descriptors to the most it may have, and returns it.
    func raiseDescriptorLimit() -> Int

    // MARK: Readiness

    /// An event descriptor: readable from `signal` to `drain`.
    func eventDescriptor() throws(SystemError) -> Int32
    func signal(eventDescriptor: Int32)
    /// A timer descriptor: readable from the time that `setTimer` has set to `drain`.
    func timerDescriptor() throws(SystemError) -> Int32
    func setTimer(_ timerDescriptor: Int32, to nanoseconds: UInt64)
    func drain(_ descriptor: Int32)
    func epollCreate() throws(SystemError) -> Int32
    func epollAdd(_ epoll: Int32, _ descriptor: Int32, events: UInt32, token: UInt64) throws(SystemError)
    /// Puts events into `events`, in the form that `Poller` reads.
    ///
    /// - Parameter sleeping: not to return before there is an event.
    /// - Returns: how many.
    func epollWait(_ epoll: Int32, _ events: UnsafeMutableRawPointer, capacity: Int32, sleeping: Bool) -> Int32

    // MARK: Time and chance

    /// Nanoseconds of the monotonic clock.
    func monotonicNanoseconds() -> UInt64
    /// Whole seconds since 1970, exact to some milliseconds.
    func secondsSince1970() -> Int
    /// A number that nobody needs to be unable to guess.
    func randomNumber() -> UInt64

    // MARK: Running

    /// Has `loop` run from now on.
    ///
    /// - Returns: waits until it has ended, which `EventLoop.stop()` has asked it to.
    func run(_ loop: EventLoop) throws(SystemError) -> @Sendable () -> Void
}

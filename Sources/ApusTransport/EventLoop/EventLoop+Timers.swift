/// What happens at a time.
extension EventLoop {
    func schedule(_ timer: Timed, at deadline: UInt64) {
        assert(isCurrent)
        timers.schedule(timer, at: deadline)
        nextDeadline = timers.nextDeadline ?? .max
    }

    /// Has `timer` act once, `nanoseconds` from now; one that is scheduled already is moved.
    package func schedule(_ timer: Timed, in nanoseconds: UInt64) {
        schedule(timer, at: kernel.monotonicNanoseconds() &+ nanoseconds)
    }

    package func cancel(_ timer: Timed) {
        assert(isCurrent)
        timers.cancel(timer)
        nextDeadline = timers.nextDeadline ?? .max
    }

    /// How many timers are scheduled.
    package var timerCount: Int { timers.count }

    @inline(__always)
    func fireTimers() {
        if now >= nextDeadline { fireDueTimers() }
    }

    private func fireDueTimers() {
        while now >= nextDeadline {
            let timer = timers.popDue(at: now)
            nextDeadline = timers.nextDeadline ?? .max
            timer?.timeCame()
            flush()
        }
    }

    /// Makes sure that the loop wakes for the next deadline.
    ///
    /// An alarm that comes too early does no harm: it is set anew.
    func setAlarm() {
        guard nextDeadline < alarmTime else { return }
        alarmTime = nextDeadline
        kernel.setTimer(alarm, to: max(1, nextDeadline))
    }

    /// Whole seconds since 1970, as a Date header field has them; like `now`, those of the last look at the sockets, or of up to a
    /// millisecond before it.
    package var secondsSince1970: Int {
        if let second, now &- secondTime < Self.secondLife { return second }
        return readSecond()
    }

    private static let secondLife: UInt64 = 1_000_000

    @inline(never)
    private func readSecond() -> Int {
        let read = kernel.secondsSince1970()
        second = read
        secondTime = now
        return read
    }
}

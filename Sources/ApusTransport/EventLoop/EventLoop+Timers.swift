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

    func fireTimers() {
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

    /// Whole seconds since 1970, as a Date header field has them; like `now`, those of the last look at the sockets.
    package var secondsSince1970: Int {
        second ?? readSecond()
    }

    @inline(never)
    private func readSecond() -> Int {
        let read = kernel.secondsSince1970()
        second = read
        return read
    }
}

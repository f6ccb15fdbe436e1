/// What an event loop can call at a time.
///
/// A class to inherit from: so what waits for nothing but a time now and then, as every connection does, needs no timer beside it.
///
/// Belongs to the loop's thread.
package class Timed {
    /// That of the last `schedule`.
    fileprivate(set) final var dueTime = UInt64.max
    /// In the heap; 32 bits, because every connection has one.
    fileprivate final var place = Timed.unscheduled

    fileprivate static let unscheduled: Int32 = -1

    final var isScheduled: Bool { place != Timed.unscheduled }

    init() {}

    /// Called on the loop between jobs when the time has come; it may schedule anew.
    func timeCame() {}
}

/// One deadline on an event loop, and what to do when it has come.
package final class LoopTimer: Timed {
    private let action: () -> Void

    /// - Parameter action: called on the loop between jobs; it may schedule the timer anew.
    package init(_ action: @escaping () -> Void) {
        self.action = action
    }

    override func timeCame() {
        action()
    }
}

/// Timers in order of their deadline: a binary heap whose entries know their place, so that cancelling one removes it.
///
/// Times are nanoseconds of the loop's monotonic clock.
struct TimerQueue {
    private var heap: [Timed] = []

    var count: Int { heap.count }
    var nextDeadline: UInt64? { heap.first?.dueTime }

    /// Schedules `timer`, or moves it when it is scheduled already.
    mutating func schedule(_ timer: Timed, at deadline: UInt64) {
        if timer.isScheduled {
            timer.dueTime = deadline
            siftDown(siftUp(Int(timer.place)))
        } else {
            timer.dueTime = deadline
            timer.place = Int32(heap.count)
            heap.append(timer)
            siftUp(heap.count - 1)
        }
    }

    mutating func cancel(_ timer: Timed) {
        guard timer.isScheduled else { return }
        let place = Int(timer.place)
        timer.place = Timed.unscheduled
        let last = heap.removeLast()
        guard last !== timer else { return }
        heap[place] = last
        last.place = Int32(place)
        siftDown(siftUp(place))
    }

    /// Removes and returns the first timer whose deadline is not after `now`.
    mutating func popDue(at now: UInt64) -> Timed? {
        guard let first = heap.first, first.dueTime <= now else { return nil }
        cancel(first)
        return first
    }

    @discardableResult
    private mutating func siftUp(_ start: Int) -> Int {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard heap[place].dueTime < heap[parent].dueTime else { break }
            exchange(place, parent)
            place = parent
        }
        return place
    }

    private mutating func siftDown(_ start: Int) {
        var place = start
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < heap.count && heap[child].dueTime < heap[least].dueTime {
                least = child
            }
            guard least != place else { return }
            exchange(place, least)
            place = least
        }
    }

    private mutating func exchange(_ a: Int, _ b: Int) {
        heap.swapAt(a, b)
        heap[a].place = Int32(a)
        heap[b].place = Int32(b)
    }
}

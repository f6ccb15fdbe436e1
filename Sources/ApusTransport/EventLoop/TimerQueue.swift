/// One deadline on an event loop, and what to do when it has come.
///
/// Belongs to the loop's thread.
package final class LoopTimer {
    fileprivate(set) var deadline = UInt64.max
    fileprivate var place = LoopTimer.unscheduled
    let action: () -> Void

    fileprivate static let unscheduled = -1

    var isScheduled: Bool { place != LoopTimer.unscheduled }

    /// - Parameter action: called on the loop between jobs; it may schedule the timer anew.
    package init(_ action: @escaping () -> Void) {
        self.action = action
    }
}

/// Timers in order of their deadline: a binary heap whose entries know their place, so that cancelling one removes it.
///
/// Times are nanoseconds of the loop's monotonic clock.
struct TimerQueue {
    private var heap: [LoopTimer] = []

    var count: Int { heap.count }
    var nextDeadline: UInt64? { heap.first?.deadline }

    /// Schedules `timer`, or moves it when it is scheduled already.
    mutating func schedule(_ timer: LoopTimer, at deadline: UInt64) {
        if timer.isScheduled {
            timer.deadline = deadline
            siftDown(siftUp(timer.place))
        } else {
            timer.deadline = deadline
            timer.place = heap.count
            heap.append(timer)
            siftUp(timer.place)
        }
    }

    mutating func cancel(_ timer: LoopTimer) {
        let place = timer.place
        guard place != LoopTimer.unscheduled else { return }
        timer.place = LoopTimer.unscheduled
        let last = heap.removeLast()
        guard last !== timer else { return }
        heap[place] = last
        last.place = place
        siftDown(siftUp(place))
    }

    /// Removes and returns the first timer whose deadline is not after `now`.
    mutating func popDue(at now: UInt64) -> LoopTimer? {
        guard let first = heap.first, first.deadline <= now else { return nil }
        cancel(first)
        return first
    }

    @discardableResult
    private mutating func siftUp(_ start: Int) -> Int {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard heap[place].deadline < heap[parent].deadline else { break }
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
            where child < heap.count && heap[child].deadline < heap[least].deadline {
                least = child
            }
            guard least != place else { return }
            exchange(place, least)
            place = least
        }
    }

    private mutating func exchange(_ a: Int, _ b: Int) {
        heap.swapAt(a, b)
        heap[a].place = a
        heap[b].place = b
    }
}

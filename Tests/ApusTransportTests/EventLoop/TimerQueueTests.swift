import Testing

@testable import ApusTransport

@Suite struct TimerQueueTests {
    /// Everything that is due, in the order in which it comes.
    private func drain(_ queue: inout TimerQueue, at now: UInt64 = .max) -> [Timed] {
        var popped: [Timed] = []
        while let timer = queue.popDue(at: now) { popped.append(timer) }
        return popped
    }

    @Test func `timers come in the order of their deadlines`() {
        var random = SplitMix64(seed: 1)
        var queue = TimerQueue()
        let deadlines = (0..<1_000).map { _ in UInt64.random(in: 0..<500, using: &random) }
        for deadline in deadlines { queue.schedule(LoopTimer {}, at: deadline) }
        #expect(drain(&queue).map(\.dueTime) == deadlines.sorted())
        #expect(queue.count == 0 && queue.nextDeadline == nil)
    }

    @Test func `a timer comes at its deadline and not before`() {
        var queue = TimerQueue()
        let timer = LoopTimer {}
        queue.schedule(timer, at: 100)
        #expect(queue.popDue(at: 99) == nil && timer.isScheduled)
        #expect(queue.popDue(at: 100) === timer && !timer.isScheduled)
        #expect(queue.popDue(at: .max) == nil)
    }

    @Test func `a timer that is scheduled again is moved`() {
        var queue = TimerQueue()
        let (first, second, third) = (LoopTimer {}, LoopTimer {}, LoopTimer {})
        for (timer, deadline) in [(first, 10), (second, 20), (third, 30)] as [(LoopTimer, UInt64)] {
            queue.schedule(timer, at: deadline)
        }
        queue.schedule(first, at: 40)
        queue.schedule(third, at: 5)
        #expect(drain(&queue).map(ObjectIdentifier.init) == [third, second, first].map(ObjectIdentifier.init))
    }

    @Test func `a timer that was cancelled does not come, and can be scheduled again`() {
        var queue = TimerQueue()
        let (kept, cancelled) = (LoopTimer {}, LoopTimer {})
        queue.schedule(cancelled, at: 1)
        queue.schedule(kept, at: 2)
        queue.cancel(cancelled)
        queue.cancel(cancelled)
        #expect(queue.nextDeadline == 2)
        queue.schedule(cancelled, at: 3)
        #expect(drain(&queue).map(ObjectIdentifier.init) == [kept, cancelled].map(ObjectIdentifier.init))
    }

    /// Random operations, and after each the same ones on a list that is sorted.
    @Test(arguments: UInt64(1)...20)
    func `behaves as a sorted list does`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var queue = TimerQueue()
        let timers = (0..<40).map { _ in LoopTimer {} }
        var model: [Int: UInt64] = [:]
        for _ in 0..<2_000 {
            let index = Int.random(in: timers.indices, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                let deadline = UInt64.random(in: 0..<1_000, using: &random)
                queue.schedule(timers[index], at: deadline)
                model[index] = deadline
            case 6..<9:
                queue.cancel(timers[index])
                model[index] = nil
            default:
                let now = UInt64.random(in: 0..<400, using: &random)
                let popped = drain(&queue, at: now).map(\.dueTime)
                #expect(popped == model.values.filter { $0 <= now }.sorted())
                model = model.filter { $0.value > now }
            }
            #expect(queue.nextDeadline == model.values.min() && queue.count == model.count)
        }
        #expect(timers.indices.filter { timers[$0].isScheduled } == model.keys.sorted())
    }
}

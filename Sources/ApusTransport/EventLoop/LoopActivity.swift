import Synchronization

/// What a loop is at, for a thread that looks on from outside.
///
/// The loop writes, with stores that cost no more than others, and never asks the clock for it.
package final class LoopActivity: Sendable {
    private let steps = Atomic<Int>(0)
    private let task = Atomic<UInt>(0)
    private let isAsleep = Atomic<Bool>(true)

    /// What was seen at one moment.
    package struct Glimpse: Sendable, Equatable {
        /// How often the loop has gone on to a next job, or looked at its sockets.
        package let steps: Int
        /// It waits in the kernel for something to do.
        package let isAsleep: Bool
        /// Whose job it runs; see `TaskIdentity`.
        package let task: UInt

        package init(steps: Int, isAsleep: Bool, task: UInt) {
            self.steps = steps
            self.isAsleep = isAsleep
            self.task = task
        }
    }

    package var glimpse: Glimpse {
        Glimpse(
            steps: steps.load(ordering: .relaxed), isAsleep: isAsleep.load(ordering: .relaxed),
            task: task.load(ordering: .relaxed))
    }

    /// The loop works for `task` from now on, in one of its jobs or without.
    package func begin(_ task: UInt) {
        self.task.store(task, ordering: .relaxed)
        goOn()
    }

    func fallAsleep() {
        isAsleep.store(true, ordering: .relaxed)
    }

    func awake() {
        isAsleep.store(false, ordering: .relaxed)
        goOn()
    }

    private func goOn() {
        steps.store(steps.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
    }
}

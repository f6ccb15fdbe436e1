import Synchronization
import Testing

/// Lets only a few of the tests that carry it run at once: with hundreds of servers on two cores, deadlines of milliseconds mean little.
struct FewAtATime: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    @concurrent
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        await Self.places.take()
        defer { Self.places.giveBack() }
        try await function()
    }

    private static let places = Places(4)

    /// A counting semaphore whose waiters suspend.
    private final class Places: Sendable {
        private struct State {
            var free: Int
            var waiting: [CheckedContinuation<Void, Never>] = []
        }

        private let state: Mutex<State>

        init(_ count: Int) {
            state = Mutex(State(free: count))
        }

        func take() async {
            await withCheckedContinuation { continuation in
                let isFree = state.withLock { state in
                    guard state.free > 0 else {
                        state.waiting.append(continuation)
                        return false
                    }
                    state.free -= 1
                    return true
                }
                if isFree { continuation.resume() }
            }
        }

        func giveBack() {
            let next = state.withLock { state in
                if state.waiting.isEmpty {
                    state.free += 1
                    return CheckedContinuation<Void, Never>?.none
                }
                return state.waiting.removeFirst()
            }
            next?.resume()
        }
    }
}

extension Trait where Self == FewAtATime {
    /// At most four at once, of all that say so.
    static var fewAtATime: Self { Self() }
}

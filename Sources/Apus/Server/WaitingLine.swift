import Synchronization

/// Lets a few in at once; the others suspend and come in by order of arrival, and when too many wait the next is sent
/// away.
///
/// What bounds connections and the hashing of passwords.
final class WaitingLine: Sendable {
    /// Why somebody did not come in.
    enum Refusal: Error {
        case full
        case cancelled
        /// Nobody who waits comes in any more.
        case closed
    }

    private typealias Outcome = Result<Void, Refusal>

    private struct State {
        var free: Int
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Outcome, Never>)] = []
        var nextTicket: UInt64 = 0
        var isClosed = false
    }

    private let state: Mutex<State>
    private let maximumWaiting: Int

    init(places: Int, waiting: Int) {
        state = Mutex(State(free: places))
        maximumWaiting = waiting
    }

    /// How many wait.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Comes in if there is room at once; who came in must `leave()`.
    func enterNow() -> Bool {
        state.withLock { state in
            guard state.free > 0 else { return false }
            state.free -= 1
            return true
        }
    }

    /// Comes in, after waiting if need be; who came in must `leave()`.
    func enter() async throws(Refusal) {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let outcome = admit(continuation, ticket) { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            // Before `admit` has run there is nobody to find, but then it sees that the task is cancelled.
            let found = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
                guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.waiting.remove(at: index).continuation
            }
            found?.resume(returning: .failure(.cancelled))
        }
        try outcome.get()
    }

    /// Makes room for the one who has waited longest.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: .success(()))
    }

    /// Sends away those who wait, and who would from now on.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for (_, continuation) in waiting { continuation.resume(returning: .failure(.closed)) }
    }

    /// - Returns: nil when the continuation waits.
    private func admit(_ continuation: CheckedContinuation<Outcome, Never>, _ ticket: UInt64) -> Outcome? {
        state.withLock { state in
            if Task.isCancelled { return .failure(.cancelled) }
            if state.free > 0 {
                state.free -= 1
                return .success(())
            }
            if state.isClosed { return .failure(.closed) }
            guard state.waiting.count < maximumWaiting else { return .failure(.full) }
            state.waiting.append((ticket, continuation))
            return nil
        }
    }
}

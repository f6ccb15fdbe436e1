import ApusJOSE
import Synchronization

/// A fetcher that gives the answers it was told in their order, fails when it has none, and waits when told to.
final class HeldFetcher: KeySetFetcher {
    struct Unreachable: Error {}

    private struct State {
        var answers: [KeySetAnswer] = []
        var requests: [KeySetRequest] = []
        var isHeld = false
        var held: [CheckedContinuation<Void, Never>] = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var requests: [KeySetRequest] { state.withLock { $0.requests } }
    var count: Int { requests.count }

    func answer(_ answer: KeySetAnswer) {
        state.withLock { $0.answers.append(answer) }
    }

    /// Lets fetches wait until `release()` or until they are cancelled.
    func hold() {
        state.withLock { $0.isHeld = true }
    }

    func release() {
        let held = state.withLock { state in
            state.isHeld = false
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    /// Waits until there was a request.
    func untilAsked() async {
        await withCheckedContinuation { continuation in
            let wasAsked = state.withLock { state in
                if !state.requests.isEmpty { return true }
                state.watchers.append(continuation)
                return false
            }
            if wasAsked { continuation.resume() }
        }
    }

    func fetch(_ request: KeySetRequest) async throws -> KeySetAnswer {
        let watchers = state.withLock { state in
            state.requests.append(request)
            defer { state.watchers = [] }
            return state.watchers
        }
        for continuation in watchers { continuation.resume() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if !state.isHeld || Task.isCancelled { return true }
                    state.held.append(continuation)
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            release()
        }
        try Task.checkCancellation()
        return try state.withLock { state in
            guard !state.answers.isEmpty else { throw Unreachable() }
            return state.answers.removeFirst()
        }
    }

    /// A sleep that never ends by itself.
    static func untilCancelled() async throws {
        let (stream, _) = AsyncStream<Never>.makeStream()
        for await _ in stream {}
        try Task.checkCancellation()
    }
}

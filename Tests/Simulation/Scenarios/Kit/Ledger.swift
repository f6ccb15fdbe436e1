import Synchronization

/// What the handlers of a simulated server have seen: each request carries a number that no other has.
final class Ledger: Sendable {
    private struct Entry {
        var begun = 0
        var ended = 0
        var cancelled = 0
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var underway = 0
        var violation: Violation?
    }

    private let state = Mutex(State())

    /// Notes that the handler of a request has begun.
    func begin(_ number: Int) {
        state.withLock { state in
            state.entries[number, default: Entry()].begun += 1
            state.underway += 1
            if state.entries[number]?.begun == 2 {
                state.violation = state.violation ?? Violation(description: "request \(number) was handled twice")
            }
        }
    }

    /// Notes that it has ended.
    func end(_ number: Int, cancelled: Bool = false) {
        state.withLock { state in
            state.entries[number, default: Entry()].ended += 1
            if cancelled { state.entries[number, default: Entry()].cancelled += 1 }
            state.underway -= 1
        }
    }

    /// Does the work of a request's handler.
    nonisolated(nonsending) func handle<Result>(
        _ number: Int, _ work: () async throws -> Result
    ) async throws -> Result {
        begin(number)
        do {
            let result = try await work()
            end(number)
            return result
        } catch {
            end(number, cancelled: error is CancellationError)
            throw error
        }
    }

    func wasHandled(_ number: Int) -> Bool { state.withLock { $0.entries[number]?.begun ?? 0 > 0 } }

    func wasCancelled(_ number: Int) -> Bool { state.withLock { $0.entries[number]?.cancelled ?? 0 > 0 } }

    /// How many handlers are at work.
    var underway: Int { state.withLock(\.underway) }

    /// Throws what was seen that must not be; at the end, handlers that have not ended are too.
    func check(atEnd: Bool) throws {
        try state.withLock { state in
            if let violation = state.violation { throw violation }
            try expect(!atEnd || state.underway == 0, "\(state.underway) handlers have outlived the server")
        }
    }
}

import Apus
import Dispatch

/// The ways in which a handler can suspend.
enum Shapes {
    typealias Suspension = nonisolated(nonsending) @Sendable () async throws -> Void

    struct Expected: Error {}

    actor Counter {
        private var count = 0

        func increment() -> Int {
            count += 1
            return count
        }

        func fail() throws { throw Expected() }

        func call(_ body: @Sendable () async throws -> Void) async throws { try await body() }
    }

    @MainActor static func onMainActor() throws -> Int { 1 }

    @concurrent static func concurrently() async throws -> Int { 1 }

    nonisolated(nonsending) static func nested(_ depth: Int) async throws -> Int {
        if depth == 0 { return await Counter().increment() }
        return try await nested(depth - 1) + 1
    }

    static let all: [(String, Suspension)] = [
        ("no-suspension", {}),
        ("default-actor", { _ = await Counter().increment() }),
        ("throwing-actor", { do { try await Counter().fail() } catch is Expected {} }),
        ("actor-calls-back", { try await Counter().call { _ = await Counter().increment() } }),
        ("main-actor", { _ = try await onMainActor() }),
        ("concurrent-function", { _ = try await concurrently() }),
        ("nested-nonsending", { _ = try await nested(5) }),
        ("sleep", { try await Task.sleep(for: .milliseconds(1)) }),
        ("yield", { await Task.yield() }),
        (
            "continuation-from-another-thread",
            {
                try await withCheckedThrowingContinuation { continuation in
                    DispatchQueue.global().async { continuation.resume() }
                }
            }
        ),
        (
            "continuation-that-throws",
            {
                do {
                    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                        DispatchQueue.global().async { continuation.resume(throwing: Expected()) }
                    }
                } catch is Expected {}
            }
        ),
        (
            "task-group",
            {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<4 { group.addTask { await Counter().increment() } }
                    try await group.waitForAll()
                }
            }
        ),
        (
            "unstructured-task",
            {
                let task = Task { await Counter().increment() }
                _ = await task.value
            }
        ),
        (
            "stream",
            {
                let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
                DispatchQueue.global().async {
                    for number in 0..<3 { continuation.yield(number) }
                    continuation.finish()
                }
                for await _ in stream {}
            }
        ),
        (
            "cancellation-handler",
            {
                try await withTaskCancellationHandler {
                    try await Task.sleep(for: .milliseconds(1))
                } onCancel: {
                }
            }
        ),
        ("offloaded-work", { _ = try await offload { 1 } }),
    ]
}

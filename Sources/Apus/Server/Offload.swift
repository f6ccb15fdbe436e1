/// Runs work that computes for long or blocks away from the event loop, and comes back to it.
///
/// A handler runs on the thread of its connection, which it shares with every other connection of that event loop: what takes more than a few
/// milliseconds belongs here. The work runs on Swift's global pool, whose threads are as many as the cores; a call that may
/// block for seconds belongs on a thread of its own.
///
/// ```swift
/// Get("/thumbnail/{id}") { request in
///     let image = try await offload { try Thumbnail.render(path) }
///     return Response(octets: image, contentType: "image/png")
/// }
/// ```
public nonisolated(nonsending) func offload<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withTaskExecutorPreference(globalConcurrentExecutor) { try await runHere(work) }
}

@concurrent
private func runHere<Result: Sendable>(_ work: @Sendable () throws -> Result) async throws -> Result {
    try work()
}

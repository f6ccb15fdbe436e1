/// Something that a test waits for; it stays open once it was opened.
struct Gate: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: Never.self)
    }

    func open() {
        continuation.finish()
    }

    /// Waits until the gate is open, or the task is cancelled.
    func wait() async {
        for await _ in stream {}
    }
}

import Synchronization

/// Whether a server wants requests.
public enum Readiness: String, Sendable {
    /// It answers.
    case ready
    /// It has been asked to end: it finishes what is under way, and whoever distributes requests should ask another.
    case stopping
}

/// How far a server is, and who has asked it to end.
final class Lifecycle: Sendable {
    private let isStopping = Atomic<Bool>(false)
    private let requests: AsyncStream<Duration?>
    private let request: AsyncStream<Duration?>.Continuation

    init() {
        (requests, request) = AsyncStream.makeStream(of: Duration?.self, bufferingPolicy: .bufferingOldest(1))
    }

    var readiness: Readiness { isStopping.load(ordering: .relaxed) ? .stopping : .ready }

    /// Asks the server to end; the first to ask says how long requests under way may take, or leaves it to the limits.
    func ask(grace: Duration? = nil) {
        isStopping.store(true, ordering: .relaxed)
        request.yield(grace)
        request.finish()
    }

    /// Suspends until the server is asked to end; nil when the task is cancelled first.
    ///
    /// - Precondition: It is called once.
    func whenAsked() async -> Asked? {
        for await grace in requests { return Asked(grace: grace) }
        return nil
    }

    struct Asked {
        let grace: Duration?
    }
}

import ApusTransport
import Synchronization

/// Names in the log what holds an event loop: a thread of its own looks at the loops, so that what never ends is named as well.
///
/// Between two looks lies a quarter of the threshold. What holds a loop for a quarter more than it is found for certain.
final class LoopWatchdog: Sendable {
    private let watched: Mutex<[Watched]>
    private let roster: HandlerRoster
    private let logger: Logger
    private let thread: WatchThread

    /// A loop, and what its glimpses have told.
    private struct Watched {
        let loop: EventLoop
        var detector: HoldDetector
        var lastReport: UInt64?

        mutating func look(_ now: UInt64) -> (held: UInt64, task: UInt)? {
            let glimpse = loop.activity.glimpse
            guard let held = detector.look(at: glimpse, now) else { return nil }
            if let lastReport, now &- lastReport < 1_000_000_000 { return nil }
            lastReport = now
            return (held, glimpse.task)
        }
    }

    /// - Parameter threshold: in nanoseconds.
    init(over loops: [EventLoop], _ roster: HandlerRoster, threshold: UInt64, logger: Logger) throws(SystemError) {
        watched = Mutex(loops.map { Watched(loop: $0, detector: HoldDetector(threshold: threshold)) })
        self.roster = roster
        self.logger = logger
        thread = try WatchThread("apus-watchdog", every: threshold / 4)
    }

    /// Looks on until `stop()`.
    func start() throws(SystemError) {
        try thread.start { [unowned self] now in look(now) }
    }

    /// Waits for the thread, which uses this object.
    func stop() {
        thread.stop()
    }

    private func look(_ now: UInt64) {
        let holds = watched.withLock { watched in
            watched.indices.compactMap { index in watched[index].look(now).map { (watched[index].loop, $0) } }
        }
        for (loop, hold) in holds { Self.report(hold.held, by: roster.route(ofTask: hold.task), on: loop, logger) }
    }

    private static func report(_ held: UInt64, by route: CompiledRoute?, on loop: EventLoop, _ logger: Logger) {
        let name = route.map { "\($0.definition.method?.token ?? "any") \($0.definition.template)" }
        logger.log(
            .warning,
            "An event loop is held, and serves no other connection; await what takes long, or offload { … } it",
            [
                "route": .string(name ?? "none, but a task that a handler or the service has begun"),
                "milliseconds": .integer(Int(held / 1_000_000)),
                "loop": .integer(loop.index),
            ])
    }
}

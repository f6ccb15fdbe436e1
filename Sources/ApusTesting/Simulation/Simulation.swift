import ApusJOSE
import Synchronization

/// Runs servers and clients on a simulated network, clock and scheduler, in one thread: a seed decides all that happens, and in which order.
///
/// Servers are real: their connections, routers, key stores, decoders and handlers. Simulated are the octets' way between them and
/// the clients, the time, which jumps to whatever is to happen next, and the order in which the jobs of all actors run. So a run takes
/// milliseconds however long it lasts by its own clock, and one that fails does so again with the same seed.
///
/// ```swift
/// try Simulation.run(seeds: 1...1_000) { world in
///     try await world.test(Shop.server) { client in
///         let answers = try await world.sideBySide(1...5) { _ in
///             try await world.sleep(for: world.random(in: .zero ... .seconds(1)))
///             return try await client.post("/items/lamp/orders")
///         }
///         try #require(answers.count { $0.status == .created } == 1)
///     }
/// }
/// ```
///
/// Throw what must not be, as `try #require` does: the failure names the seed. An `#expect` that fails does neither, and the next seed follows.
///
/// All code in it must run on the simulation's executors: child tasks and actors do, unstructured tasks and `Task.sleep` do not. For the
/// same events with the same seed in every process, nothing in it may depend on the system's clock or randomness, or on the order of a Set
/// or Dictionary: `World` has a clock, and random numbers.
///
/// Key stores run in it as they are; a `RemoteKeySet` or `RemoteIssuer` does with a fetcher that uses a `TestClient`, and with
/// `sleep: { try await world.sleep(for: $0) }`.
public struct Simulation: Sendable {
    /// What decides everything that could happen in one way or another.
    public let seed: UInt64

    /// After how many steps, each a job or a look at the sockets, a run counts as one that never ends: 2,000,000 unless set.
    public var maximumSteps = 2_000_000

    private let body: @Sendable (World) async throws -> Void

    /// Makes a simulation, in which nothing happens before `run()`.
    ///
    /// - Parameter body: what happens in it.
    public init(seed: UInt64, _ body: @escaping @Sendable (World) async throws -> Void) {
        self.seed = seed
        self.body = body
    }

    /// Runs from the beginning of a world to the end of the body, on the current thread, which it does not leave.
    ///
    /// - Throws: `SimulationFailure`, with what the body has thrown, or with the rule that was broken.
    @discardableResult
    public func run() throws -> SimulationReport {
        let thread = SimulationThread()
        let kernel = SimulatedKernel(seed: seed, on: thread)
        let world = World(kernel)
        let outcome = Outcome()
        let body = body
        // The one task that nobody awaits: the scheduler runs it, and looks whether it has ended.
        Task(executorPreference: world.executor) {
            do {
                try await KeyWork.$executor.withValue(world.executor) { try await body(world) }
                outcome.end(with: .success(()))
            } catch {
                outcome.end(with: .failure(error))
            }
        }
        let scheduler = SimulationScheduler(kernel, world.executor, maximumSteps: maximumSteps)
        do {
            try scheduler.run(until: { outcome.result != nil })
            try outcome.result?.get()
            world.stop()
            try scheduler.checkRules()
        } catch {
            throw SimulationFailure(
                seed: seed, cause: error, time: world.now, steps: scheduler.steps, log: world.logLines)
        }
        return SimulationReport(
            seed: seed, duration: world.now, steps: scheduler.steps, faults: kernel.network.faults,
            traceHash: kernel.trace.value)
    }

    /// Runs the same with one seed after the other, each in a world of its own, until one fails.
    ///
    /// A seed that has failed is played again alone with `seeds: [734]`.
    /// - Throws: the `SimulationFailure` of the first seed that fails.
    public static func run(
        seeds: some Sequence<UInt64>, _ body: @escaping @Sendable (World) async throws -> Void
    ) throws {
        for seed in seeds { try Simulation(seed: seed, body).run() }
    }

    /// What the body has come to; nil until it has ended.
    private final class Outcome: Sendable {
        private let state = Mutex<Result<Void, any Error>?>(nil)

        var result: Result<Void, any Error>? { state.withLock(\.self) }

        func end(with result: Result<Void, any Error>) { state.withLock { $0 = result } }
    }
}

/// What a simulation has come to.
public struct SimulationReport: Sendable, Hashable {
    /// That of the simulation.
    public let seed: UInt64
    /// How long it was by its own clock.
    public let duration: Duration
    /// How many jobs ran, looks at the sockets included.
    public let steps: Int
    /// How often the network has done something that is not nice: pieces, partial sends, standstills, resets, refusals.
    public let faults: Int
    /// Tells runs apart: the same seed gives the same number, in every process.
    public let traceHash: UInt64
}

/// What went wrong in a simulation, and the seed with which it does so again.
public struct SimulationFailure: Error, CustomStringConvertible {
    /// That of the simulation.
    public let seed: UInt64
    /// What the body has thrown, or which rule was broken.
    public let cause: any Error
    /// When, by the simulation's clock.
    public let time: Duration
    /// After how many steps.
    public let steps: Int
    /// What the servers have logged, from warnings on; the last 100 lines.
    public let log: [String]

    /// All of it, in words.
    public var description: String {
        let lines = log.isEmpty ? "" : "\n  " + log.joined(separator: "\n  ")
        return "Seed \(seed), after \(time) and \(steps) steps: \(cause)\(lines)"
    }
}

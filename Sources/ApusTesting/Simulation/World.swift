public import Apus
import ApusTransport
public import Foundation

/// What a simulation happens in: its clock, its network, its servers and their clients.
///
/// `@unchecked Sendable`: everything is touched on the simulation's thread only.
public final class World: @unchecked Sendable {
    private let kernel: SimulatedKernel
    let executor: SimulationExecutor
    /// Carries the connections of all clients.
    private var clients: EventLoopGroup?
    private var serverCount = 0
    private var runningServers = 0
    /// What was open before the first of the servers that run began.
    private var openBefore = 0
    private let log = SimulationLog()

    init(_ kernel: SimulatedKernel) {
        self.kernel = kernel
        executor = SimulationExecutor(on: kernel.thread)
    }

    // MARK: Time

    private static let beginning: UInt64 = 1_000_000_000

    /// How long the world has existed.
    public var now: Duration { .nanoseconds(Int64(kernel.network.now - Self.beginning)) }

    /// The time of day as this world's machines have it.
    ///
    /// For `clock` parameters: `JWTBuilder(keys: keys, clock: { world.date })`.
    public var date: Date {
        Date(timeIntervalSince1970: Double(kernel.wallClockOffset) + Double(kernel.network.now) / 1_000_000_000)
    }

    /// Sets the clocks of the world's machines forward, or back; what waits for a time goes on to wait for as long as it did.
    public func setClocks(forward seconds: Int) {
        kernel.wallClockOffset += seconds
    }

    /// Suspends the task; other than `Task.sleep(for:)`, by the world's clock.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(for duration: Duration) async throws {
        try await clientLoop().sleep(nanoseconds: duration.wholeNanoseconds)
    }

    /// Does the same with several things at once, each in a task of its own, and waits for all of them.
    ///
    /// - Returns: what `body` has returned for each, in their order.
    /// - Throws: the first error that `body` throws; the other tasks are cancelled then.
    @discardableResult
    public func sideBySide<Element: Sendable, Result: Sendable>(
        _ elements: some Sequence<Element>, _ body: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (place: Int, result: Result).self) { tasks in
            for (place, element) in elements.enumerated() {
                tasks.addTask { (place, try await body(element)) }
            }
            var ended: [(place: Int, result: Result)] = []
            for try await end in tasks { ended.append(end) }
            return ended.sorted { $0.place < $1.place }.map(\.result)
        }
    }

    // MARK: Chance

    /// A random number, which the seed decides.
    public func random(in range: ClosedRange<Int>) -> Int { kernel.chance.number(in: range) }

    /// A random time, which the seed decides.
    public func random(in range: ClosedRange<Duration>) -> Duration {
        .nanoseconds(Int64(clamping: kernel.chance.nanoseconds(in: range.nanoseconds)))
    }

    /// True in `share` of all cases, which the seed decides.
    public func happens(_ share: Double) -> Bool { kernel.chance.happens(share) }

    // MARK: Network

    /// What the network does to the connections that are made from now on; that of a fair day unless set.
    public var weather: Weather {
        get { kernel.network.weather }
        set { kernel.network.weather = newValue }
    }

    /// How many descriptors the world's machines may have open: 65,536 unless set.
    public var descriptorLimit: Int {
        get { kernel.descriptorLimit }
        set { kernel.descriptorLimit = newValue }
    }

    // MARK: Servers

    /// Serves for as long as `body` runs, and gives it a client, as `Server.test(over:_:)` does over a socket.
    ///
    /// The server has an address of its own in place of its endpoints, and as many event loops as the seed decides, from one to three, unless
    /// it has set that. When `body` ends, it finishes the requests under way and stops; that nothing of it is left then is one of the
    /// simulation's rules. What it logs from warnings on is told with a failure.
    /// - Throws: `StartError` when the server cannot start as it is configured, and what `body` throws.
    @discardableResult
    public func test<Result: Sendable>(
        _ server: Server, _ body: @escaping @Sendable (TestClient) async throws -> Result
    ) async throws -> Result {
        var server = server
        serverCount += 1
        server.endpoints = [Endpoint("192.0.2.\(serverCount)", port: 80)]
        server.eventLoops = server.eventLoops ?? kernel.chance.number(in: 1...3)
        server.logger = Logger(label: server.name, level: .warning, destination: log)
        let loop = try clientLoop()
        if runningServers == 0 { openBefore = kernel.openCount }
        runningServers += 1
        defer { runningServers -= 1 }
        let result = try await server.withRunning(on: Kernel(kernel)) { running in
            let dialer = try Dialer(to: running.endpoints[0], on: loop)
            return try await body(TestClient(.socket(dialer), server: running))
        }
        // While others run, nobody knows whose they are.
        if runningServers == 1, kernel.openCount > openBefore {
            kernel.thread.note(.openDescriptors(kernel.openCount - openBefore))
        }
        return result
    }

    var logLines: [String] { log.lines }

    private func clientLoop() throws -> EventLoop {
        if let clients { return clients.loops[0] }
        let made = try EventLoopGroup(count: 1, on: Kernel(kernel))
        clients = made
        return made.loops[0]
    }

    func stop() {
        clients?.stop()
        clients = nil
    }
}

import ApusTesting
import ApusTransport
import Glibc
import Testing

@testable import Apus

/// What holds an event loop is named.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct LoopWatchdogTests {
    private static let millisecond: UInt64 = 1_000_000

    private static func glimpse(_ step: Int, asleep: Bool = false) -> LoopActivity.Glimpse {
        LoopActivity.Glimpse(steps: step, isAsleep: asleep, task: 7)
    }

    @Test func `one job that is seen for the whole time is told, and again when the time has doubled`() {
        var detector = HoldDetector(threshold: 50)
        #expect(detector.look(at: Self.glimpse(1), 0) == nil)
        #expect(detector.look(at: Self.glimpse(1), 49) == nil)
        #expect(detector.look(at: Self.glimpse(1), 50) == 50)
        #expect(detector.look(at: Self.glimpse(1), 99) == nil)
        #expect(detector.look(at: Self.glimpse(1), 110) == 110)
        #expect(detector.look(at: Self.glimpse(1), 219) == nil)
        #expect(detector.look(at: Self.glimpse(1), 220) == 220)
    }

    @Test func `jobs that follow each other hold nothing, nor does a loop that sleeps`() {
        var detector = HoldDetector(threshold: 50)
        for step in 0..<20 { #expect(detector.look(at: Self.glimpse(step), UInt64(step) * 40) == nil) }
        for time in 20..<40 { #expect(detector.look(at: Self.glimpse(19, asleep: true), UInt64(time) * 40) == nil) }
        #expect(detector.look(at: Self.glimpse(19), 1_600) == nil)
        #expect(detector.look(at: Self.glimpse(19), 1_640) == nil)
    }

    /// The routes that are named.
    private static func held(in log: CollectedLog) -> [String] {
        log.records.filter { $0.message.hasPrefix("An event loop is held") }.compactMap { record in
            if case .string(let route)? = record.fields["route"] { route } else { nil }
        }
    }

    /// Holds the loop until that is told, however busy the machine is; 20 s at most.
    private static func hold(until log: CollectedLog) {
        let start = ContinuousClock.now
        while held(in: log).isEmpty && start.duration(to: .now) < .seconds(20) { usleep(5_000) }
    }

    /// A server with routes that hold the loop and routes that do not.
    private static func server(_ log: CollectedLog) -> Server {
        var server = Server.logging(log) {
            Get("/blocking/{id}") { _ in
                Self.hold(until: log)
                return "blocked"
            }
            Get("/resumed/{id}") { _ in
                try await Task.sleep(for: .milliseconds(1))
                Self.hold(until: log)
                return "blocked after a while"
            }
            Get("/stream/{id}") { _ in
                Response(contentType: .text) { writer in
                    try await writer.write("one")
                    Self.hold(until: log)
                }
            }
            Get("/waiting") { _ in
                try await Task.sleep(for: .milliseconds(300))
                return "waited"
            }
            Get("/offloaded") { _ in
                _ = try await offload { usleep(300_000) }
                return "offloaded"
            }
        }
        server.holdThreshold = .after(.milliseconds(100))
        return server
    }

    @Test(arguments: ["blocking", "resumed", "stream"])
    func `a handler that blocks is named, wherever it does so`(name: String) async throws {
        let log = CollectedLog()
        try await Self.server(log).test(over: .socket) { client in
            // Another connection's request comes in between, and is not named.
            try await client.connect { other in
                async let held = client.get("/\(name)/1")
                try await other.send("GET /waiting HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try await other.receiveResponse()
                let status = try await held.status
                #expect(response.text == "waited" && status == .ok)
            }
        }
        #expect(Self.held(in: log).contains("GET /\(name)/{id}"))
    }

    @Test(arguments: ["waiting", "offloaded"])
    func `a handler that waits is not`(name: String) async throws {
        let log = CollectedLog()
        var server = Self.server(log)
        // A machine that is busy may take a loop's thread away for a while.
        server.holdThreshold = .after(.milliseconds(250))
        try await server.test(over: .socket) { client in
            let response = try await client.get("/\(name)")
            #expect(response.status == .ok)
        }
        #expect(!Self.held(in: log).contains("GET /\(name)"))
    }

    @Test func `nobody looks unless it is asked for, or somebody develops`() {
        #expect(Server.HoldThreshold.automatic.nanoseconds(.development, isRunning: true) == 50 * Self.millisecond)
        #expect(Server.HoldThreshold.automatic.nanoseconds(.development, isRunning: false) == nil)
        #expect(Server.HoldThreshold.automatic.nanoseconds(.production, isRunning: true) == nil)
        #expect(Server.HoldThreshold.never.nanoseconds(.development, isRunning: true) == nil)
        #expect(Server.HoldThreshold.after(.zero).nanoseconds(.production, isRunning: false) == 4 * Self.millisecond)
    }
}

import Apus
import ApusTesting
import Foundation
import Synchronization
import Testing

@Suite struct SimulationTests {
    private static let server = Server("Simulated") {
        Get("/hello/{name}") { request in "Hello, \(try request.parameters.require("name", as: String.self))!" }
        Post("/echo") { request in Response(octets: try await request.body.collect(upTo: 100_000)) }
    }

    private static func conversation(_ seed: UInt64) -> Simulation {
        Simulation(seed: seed) { world in
            try await world.test(server) { client in
                try await withThrowingTaskGroup(of: Void.self) { clients in
                    for number in 1...3 {
                        clients.addTask {
                            try await world.sleep(for: world.random(in: .zero ... .milliseconds(5)))
                            let content = [UInt8](repeating: UInt8(number), count: 10_000 * number)
                            let echo = try await client.post("/echo", body: .octets(content))
                            #expect(echo.octets == content)
                        }
                    }
                    try await clients.waitForAll()
                }
            }
        }
    }

    @Test func `a server answers over a simulated network`() throws {
        for seed in 1...20 {
            try Simulation(seed: UInt64(seed)) { world in
                try await world.test(Self.server) { client in
                    let answer = try await client.get("/hello/Ada")
                    #expect(answer.text == "Hello, Ada!")
                }
            }.run()
        }
    }

    @Test func `the same seed gives the same run, another seed another`() throws {
        let reports = try (1...20).map { try Self.conversation(UInt64($0)).run() }
        for report in reports {
            #expect(try Self.conversation(report.seed).run() == report)
        }
        #expect(Set(reports.map(\.traceHash)).count == reports.count)
    }

    @Test func `an hour takes no time`() throws {
        let start = ContinuousClock.now
        let report = try Simulation(seed: 1) { world in
            try await world.sleep(for: .seconds(3_600))
            #expect(world.now >= .seconds(3_600))
        }.run()
        #expect(report.duration >= .seconds(3_600))
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `an idle connection is closed when its time is over, and no sooner`() throws {
        for seed in 1...20 {
            try Simulation(seed: UInt64(seed)) { world in
                var server = Self.server
                server.limits.idleDeadline = .seconds(75)
                try await world.test(server) { client in
                    var client = client
                    client.timeLimit = .seconds(100)
                    try await client.connect { connection in
                        try await connection.send("GET /hello/Ada HTTP/1.1\r\nHost: x\r\n\r\n")
                        let answer = try await connection.receiveResponse()
                        #expect(answer.text == "Hello, Ada!")
                        let idleSince = world.now
                        _ = try await connection.receiveToEnd()
                        #expect(.seconds(74) ... .seconds(76) ~= world.now - idleSince)
                    }
                }
            }.run()
        }
    }

    @Test func `what the body throws is told with the seed`() throws {
        struct Mishap: Error {}
        let failure = try #require(throws: SimulationFailure.self) {
            try Simulation(seed: 9) { world in
                try await world.sleep(for: .seconds(1))
                throw Mishap()
            }.run()
        }
        #expect(failure.seed == 9 && failure.cause is Mishap && failure.time >= .seconds(1))
        #expect(failure.description.hasPrefix("Seed 9, after 1."))
    }

    @Test func `seeds are played one after the other, until one fails`() throws {
        struct Mishap: Error {}
        let played = Mutex<[Int]>([])
        let failure = try #require(throws: SimulationFailure.self) {
            try Simulation.run(seeds: [3, 5, 8]) { world in
                let count = played.withLock { played in
                    played.append(world.random(in: 0...1_000_000))
                    return played.count
                }
                if count == 2 { throw Mishap() }
            }
        }
        #expect(failure.seed == 5 && failure.cause is Mishap)
        let numbers = try [UInt64(3), 5].map { seed in
            let number = Mutex(0)
            try Simulation(seed: seed) { world in number.withLock { $0 = world.random(in: 0...1_000_000) } }.run()
            return number.withLock(\.self)
        }
        #expect(played.withLock(\.self) == numbers)
    }

    @Test func `what is done side by side takes as long as the longest, and keeps its order`() throws {
        try Simulation.run(seeds: 1...20) { world in
            let began = world.now
            let done = try await world.sideBySide([3, 1, 2]) { number in
                try await world.sleep(for: .seconds(number))
                return number
            }
            try #require(done == [3, 1, 2])
            try #require(.seconds(3) ... .seconds(3.1) ~= world.now - began)
        }
    }

    @Test func `the first error of what is done side by side ends the others`() throws {
        struct Mishap: Error {}
        let failure = try #require(throws: SimulationFailure.self) {
            try Simulation.run(seeds: 1...1) { world in
                try await world.sideBySide(1...3) { number in
                    if number == 2 { throw Mishap() }
                    try await world.sleep(for: .seconds(3_600))
                }
            }
        }
        #expect(failure.cause is Mishap && failure.time < .seconds(1))
    }

    @Test func `a task that escapes to the global pool is noticed`() throws {
        let failure = try #require(throws: SimulationFailure.self) {
            try Simulation(seed: 1) { world in
                try await Task.sleep(for: .milliseconds(1))
                try await world.sleep(for: .seconds(1))
            }.run()
        }
        #expect(failure.description.contains("found one that comes from another thread"))
    }

    @Test func `a standstill is noticed`() throws {
        let failure = try #require(throws: SimulationFailure.self) {
            try Simulation(seed: 1) { _ in
                await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
            }.run()
        }
        #expect(failure.description.contains("every task waits"))
    }

    @Test func `what goes on for ever is noticed`() throws {
        var simulation = Simulation(seed: 1) { world in
            while true { try await world.sleep(for: .seconds(1)) }
        }
        simulation.maximumSteps = 1_000
        let failure = try #require(throws: SimulationFailure.self) { try simulation.run() }
        #expect(failure.description.contains("still at work after 1000 steps"))
    }

    @Test func `the clocks of a world can be set`() throws {
        try Simulation(seed: 1) { world in
            let before = world.date
            world.setClocks(forward: -3_600)
            #expect(world.date.timeIntervalSince(before) < -3_599)
            try await world.sleep(for: .seconds(3_600))
            #expect(world.date >= before)
        }.run()
    }
}

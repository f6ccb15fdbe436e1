import Foundation
import Testing

@testable import Apus

@Suite struct PasswordCapacityTests {
    private static func hash(_ capacity: PasswordHash.Capacity) async throws {
        _ = try await PasswordHash.hash("secret", capacity: capacity)
    }

    @Test(.timeLimit(.minutes(2)), arguments: [1, 2, 3])
    func `no more are computed at once than it says`(simultaneous: Int) async throws {
        let running = Shared((now: 0, most: 0))
        let capacity = PasswordHash.Capacity(simultaneous: simultaneous, waiting: 50) { _ in
            running.change { ($0.now, $0.most) = ($0.now + 1, max($0.most, $0.now + 1)) }
            defer { running.change { $0.now -= 1 } }
            return [UInt8](repeating: 0, count: 32)
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<50 { tasks.addTask { try await Self.hash(capacity) } }
            try await tasks.waitForAll()
        }
        #expect(running.value.now == 0 && 1...simultaneous ~= running.value.most)
    }

    @Test func `by default it leaves threads to others and takes 512 MiB at most`() {
        #expect(1...4 ~= PasswordHash.Capacity.defaultSimultaneous)
        #expect(PasswordHash.Cost.maximumOctets == 268_435_456)
    }

    @Test func `a failure makes room`() async throws {
        struct Failure: Error {}
        let capacity = PasswordHash.Capacity(simultaneous: 1, waiting: 0) { _ in throw Failure() }
        for _ in 0..<3 {
            await #expect(throws: Failure.self) { try await Self.hash(capacity) }
        }
    }

    /// The places and the line are taken before anything is computed, so that nobody has to block a thread.
    @Test(.timeLimit(.minutes(2)))
    func `who finds the line full is told when to come again`() async throws {
        let capacity = PasswordHash.Capacity(simultaneous: 1, waiting: 1) { _ in [UInt8](repeating: 0, count: 32) }
        let line = capacity.line
        try await line.enter()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await Self.hash(capacity) }
            while line.waitingCount < 1 { await Task.yield() }
            let problem = await #expect(throws: Problem.self) { try await Self.hash(capacity) }
            #expect(problem?.status == .serviceUnavailable && problem?.headers[.retryAfter] == "5")
            line.leave()
            try await tasks.waitForAll()
        }
        try await Self.hash(capacity)
    }

    @Test(.timeLimit(.minutes(2)))
    func `who is cancelled leaves the line`() async throws {
        let line = WaitingLine(places: 1, waiting: 1)
        try await line.enter()
        let waiter = Task { try await line.enter() }
        while line.waitingCount < 1 { await Task.yield() }
        waiter.cancel()
        await #expect(throws: WaitingLine.Refusal.cancelled) { try await waiter.value }
        #expect(line.waitingCount == 0)
        line.leave()
        try await line.enter()
        line.leave()
    }

    @Test func `who was cancelled before does not come in`() async throws {
        let line = WaitingLine(places: 1, waiting: 1)
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            try await line.enter()
        }
        late.cancel()
        await #expect(throws: WaitingLine.Refusal.cancelled) { try await late.value }
        try await line.enter()
        line.leave()
    }

    @Test(.timeLimit(.minutes(2)))
    func `the first to wait is the first to come in`() async throws {
        let line = WaitingLine(places: 1, waiting: 10)
        try await line.enter()
        let order = Shared<[Int]>([])
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for number in 0..<5 {
                tasks.addTask {
                    try await line.enter()
                    order.change { $0.append(number) }
                    line.leave()
                }
                while line.waitingCount <= number { await Task.yield() }
            }
            line.leave()
            try await tasks.waitForAll()
        }
        #expect(order.value == [0, 1, 2, 3, 4])
    }
}

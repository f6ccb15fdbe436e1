import Testing

@testable import ApusTransport

@Suite(.timeLimit(.minutes(1))) struct EventLoopTests {
    @Test func `an actor that names a loop runs on its thread`() async throws {
        try await withLoops(2) { loops in
            for loop in loops {
                let resident = Resident(loop)
                #expect(await resident.note(1))
                #expect(!loop.isCurrent)
            }
        }
    }

    @Test func `isolation is known on the loop and off it`() async throws {
        try await withLoops(2) { loops in
            let (here, elsewhere) = (loops[0], loops[1])
            #expect(here.isIsolatingCurrentContext() == false)
            let resident = Resident(here)
            try await resident.run {
                #expect(here.isIsolatingCurrentContext() == true)
                #expect(elsewhere.isIsolatingCurrentContext() == false)
                resident.assertIsolated()
            }
        }
    }

    @Test func `jobs run in the order in which they came`() async throws {
        try await onLoop { loop in
            let resident = Resident(loop)
            await withDiscardingTaskGroup { tasks in
                for number in 0..<1_000 {
                    tasks.addTask(executorPreference: loop) { await resident.note(number) }
                }
            }
            #expect(await resident.noted == Array(0..<1_000))
        }
    }

    @Test func `no job from another thread is lost, nor a wake-up`() async throws {
        try await withLoops(2) { loops in
            let residents = loops.map(Resident.init)
            await withDiscardingTaskGroup { tasks in
                for task in 0..<8 {
                    tasks.addTask {
                        for number in 0..<500 { await residents[(task + number) % 2].note(task * 500 + number) }
                    }
                }
            }
            let noted = await residents[0].noted + residents[1].noted
            #expect(noted.sorted() == Array(0..<4_000))
        }
    }

    @Test func `a loop that has gone to sleep is woken by each job`() async throws {
        try await withLoops(1) { loops in
            let resident = Resident(loops[0])
            // Each waits for its answer, so that the loop is idle again and again, and about to sleep when the next job comes.
            await withDiscardingTaskGroup { tasks in
                for task in 0..<4 {
                    tasks.addTask { for number in 0..<10_000 { await resident.note(task * 10_000 + number) } }
                }
            }
            #expect(await resident.noted.sorted() == Array(0..<40_000))
        }
    }

    @Test func `many actors share the loops`() async throws {
        try await withLoops(2) { loops in
            let residents = (0..<200).map { Resident(loops[$0 % 2]) }
            let counts = try await withThrowingTaskGroup(of: Int.self) { tasks in
                for (index, resident) in residents.enumerated() {
                    tasks.addTask {
                        for neighbour in residents[index...].prefix(20) { await neighbour.note(index) }
                        return try await resident.run { resident.loop.isCurrent } ? 1 : 0
                    }
                }
                return try await tasks.reduce(0, +)
            }
            #expect(counts == 200)
            for (index, resident) in residents.enumerated() {
                #expect(await resident.noted.sorted() == Array(max(0, index - 19)...index))
            }
        }
    }

    /// A service's own actors are default actors: a call from a handler shall not leave the loop.
    @Test func `a default actor runs on the loop of the task that calls it`() async throws {
        actor Counter {
            var count = 0
            func increment(on loop: EventLoop) -> Bool {
                count += 1
                return loop.isCurrent
            }
        }
        try await withLoops { loops in
            let (loop, counter) = (loops[0], Counter())
            let stayed = await withTaskGroup(of: Bool.self) { tasks in
                tasks.addTask(executorPreference: loop) {
                    let first = await counter.increment(on: loop)
                    let second = await counter.increment(on: loop)
                    return first && second
                }
                return await tasks.reduce(true) { $0 && $1 }
            }
            #expect(stayed)
            #expect(await !counter.increment(on: loop))
        }
    }

    @Test func `timers fire in the order of their deadlines, and none too soon`() async throws {
        try await onLoop { loop in
            let fired = Shared<[(name: Int, at: UInt64)]>([])
            let start = Syscall.monotonicNanoseconds()
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                let delays: [UInt64] = [3, 1, 5, 2, 4]
                for delay in delays {
                    let timer = LoopTimer {
                        fired.change { $0.append((Int(delay), Syscall.monotonicNanoseconds())) }
                        if delay == 5 { continuation.resume() }
                    }
                    loop.schedule(timer, in: delay * 1_000_000)
                }
            }
            let order = fired.value
            #expect(order.map(\.name) == [1, 2, 3, 4, 5])
            for (name, time) in order { #expect(time >= start + UInt64(name) * 1_000_000) }
        }
    }

    @Test func `a timer may be moved, cancelled, and set anew from its own action`() async throws {
        try await onLoop { loop in
            let count = Shared(0)
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                let cancelled = LoopTimer { Issue.record("a cancelled timer has fired") }
                loop.schedule(cancelled, in: 1)
                loop.cancel(cancelled)
                // Moved from an hour to now.
                var timer: LoopTimer?
                timer = LoopTimer {
                    let fired = count.change { count in
                        count += 1
                        return count
                    }
                    guard let timer, fired < 3 else { return continuation.resume() }
                    loop.schedule(timer, in: 1)
                }
                guard let timer else { return }
                loop.schedule(timer, in: 3_600_000_000_000)
                loop.schedule(timer, in: 1)
            }
            #expect(count.value == 3)
        }
    }

    /// Two tasks that wake each other for ever must not keep timers and sockets waiting.
    @Test func `jobs that never end leave time for timers`() async throws {
        try await onLoop { loop in
            let isOver = Shared(false)
            await withDiscardingTaskGroup { tasks in
                for _ in 0..<2 {
                    tasks.addTask(executorPreference: loop) {
                        while !isOver.value { await Task.yield() }
                    }
                }
                loop.schedule(LoopTimer { isOver.change { $0 = true } }, in: 1_000_000)
            }
            #expect(isOver.value)
        }
    }

    @Test func `a stopped loop has done what it was given`() async throws {
        let group = try EventLoopGroup(count: 1)
        let resident = Resident(group.loops[0])
        await withDiscardingTaskGroup { tasks in
            for number in 0..<100 { tasks.addTask { await resident.note(number) } }
        }
        group.stop()
        group.stop()
        #expect(!group.loops[0].isCurrent)
    }

    @Test func `a loop cannot wait for itself`() async {
        await #expect(processExitsWith: .failure) {
            try await onLoop { loop in loop.stop() }
        }
    }

    @Test func `to assume isolation elsewhere is a programmer's mistake`() async {
        await #expect(processExitsWith: .failure) {
            try await withLoops { loops in loops[0].checkIsolated() }
        }
    }
}

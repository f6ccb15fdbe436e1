import Testing

@testable import ApusTransport

/// The ring of a loop's jobs, which has to grow while it is in use.
@Suite struct LoopQueueTests {
    @Test func `an empty queue has nothing`() {
        let queue = LoopQueue<UnownedJob>()
        #expect(queue.isEmpty && queue.count == 0 && queue.popFirst() == nil)
    }

    /// Far more jobs than the ring has room for at first, in rounds, so that it grows while its beginning is anywhere.
    @Test(arguments: [10, 255, 256, 257, 1_000, 5_000])
    func `jobs come out in the order in which they went in, however many`(count: Int) async throws {
        try await onLoop { loop in
            let resident = Resident(loop)
            for _ in 0..<3 {
                await withDiscardingTaskGroup { tasks in
                    for number in 0..<count { tasks.addTask(executorPreference: loop) { await resident.note(number) } }
                }
            }
            let noted = await resident.noted
            #expect(noted == (0..<3).flatMap { _ in 0..<count })
        }
    }
}

import Testing

@testable import ApusTransport

@Suite struct TurnQueueTests {
    @Test func `turns come in the order in which they were asked for`() {
        var random = SplitMix64(seed: 7)
        var queue = TurnQueue<Int>()
        var (asked, taken) = (0, 0)
        for _ in 0..<10_000 {
            if Bool.random(using: &random) {
                queue.append(asked)
                asked += 1
            } else if let next = queue.popFirst() {
                #expect(next == taken)
                taken += 1
            } else {
                #expect(taken == asked)
            }
            #expect(queue.isEmpty == (taken == asked))
        }
        while let next = queue.popFirst() {
            #expect(next == taken)
            taken += 1
        }
        #expect(taken == asked && asked > 4_000 && queue.isEmpty)
    }
}

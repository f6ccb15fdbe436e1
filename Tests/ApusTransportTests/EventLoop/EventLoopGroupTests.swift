import ApusTransport
import Testing

@Suite struct EventLoopGroupTests {
    @Test(arguments: [(-1, 1), (0, 1), (1, 1), (3, 3)])
    func `has as many loops as asked for, and one at least`(count: Int, made: Int) throws {
        let group = try EventLoopGroup(count: count)
        defer { group.stop() }
        #expect(group.loops.map(\.index) == Array(0..<made))
    }

    @Test func `has a loop per core by default`() throws {
        let group = try EventLoopGroup()
        defer { group.stop() }
        #expect(group.loops.count == EventLoopGroup.coreCount && EventLoopGroup.coreCount >= 1)
    }
}

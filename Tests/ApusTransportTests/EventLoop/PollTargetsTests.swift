import Testing

@testable import ApusTransport

@Suite struct PollTargetsTests {
    /// Notes that it is gone.
    private final class Target: PollTarget {
        private let gone: Shared<[String]>
        let name: String

        init(_ name: String, _ gone: Shared<[String]>) {
            self.name = name
            self.gone = gone
        }

        deinit { gone.change { [name] in $0.append(name) } }
    }

    private let gone = Shared<[String]>([])
    private let targets = PollTargets()

    private func told(at place: Int) -> String? {
        var name: String?
        targets.beginTelling()
        targets.tell(at: place) { name = ($0 as? Target)?.name }
        targets.endTelling()
        return name
    }

    @Test func `each is told at its place, and nobody where nobody is`() {
        for place in [0, 3, 63, 64, 1_000] { targets.add(Target("\(place)", gone), at: place) }
        for place in [0, 3, 63, 64, 1_000] { #expect(told(at: place) == "\(place)") }
        for place in [1, 65, 999, 1_001, 100_000] { #expect(told(at: place) == nil) }
        #expect(targets.count == 5 && gone.value.isEmpty)
    }

    @Test func `one that is removed is gone at once`() {
        targets.add(Target("first", gone), at: 7)
        targets.remove(at: 7)
        targets.remove(at: 7)
        targets.remove(at: 70_000)
        #expect(gone.value == ["first"] && told(at: 7) == nil && targets.count == 0)
    }

    @Test(arguments: [true, false])
    func `one that is removed while others are told stays until they were`(isRemovedFirst: Bool) {
        targets.add(Target("first", gone), at: 7)
        targets.beginTelling()
        targets.tell(at: 7) { target in
            if isRemovedFirst { targets.remove(at: 7) }
            // Somebody else has the descriptor now.
            targets.add(Target("second", gone), at: 7)
            targets.beginTelling()
            targets.tell(at: 7) { #expect(($0 as? Target)?.name == "second") }
            targets.endTelling()
            #expect(gone.value.isEmpty && (target as? Target)?.name == "first")
        }
        #expect(gone.value.isEmpty)
        targets.endTelling()
        #expect(gone.value == ["first"] && told(at: 7) == "second")
    }

    @Test func `all are gone with the loop`() {
        var others: PollTargets? = PollTargets()
        for place in 0..<3 { others?.add(Target("\(place)", gone), at: place) }
        others?.beginTelling()
        others?.remove(at: 1)
        others = nil
        #expect(gone.value.sorted() == ["0", "1", "2"])
    }
}

/// Those who have had their turn and are not done, in the order in which they get their next one.
struct TurnQueue<Member> {
    private var members: [Member] = []
    private var start = 0

    var count: Int { members.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ member: Member) { members.append(member) }

    mutating func popFirst() -> Member? {
        guard start < members.count else { return nil }
        let member = members[start]
        start += 1
        // So that nobody is moved more often than taken.
        if 2 * start >= members.count {
            members.removeSubrange(..<start)
            start = 0
        }
        return member
    }
}

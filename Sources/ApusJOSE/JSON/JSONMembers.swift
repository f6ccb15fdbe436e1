/// The members of an object by their positions from 0, for checks that need values of few of them.
protocol JSONMembers {
    var memberCount: Int { get }

    func abstract(at position: Int) -> NameAbstract

    func value(at position: Int) -> JSONValue?

    func isString(at position: Int) -> Bool

    /// Whether the value is a string with the octets of one of these.
    func isString(at position: Int, oneOf texts: [String]) -> Bool

    /// The value; nil when it is something else than a whole number, or one beyond `Int`.
    func wholeNumber(at position: Int) -> Int?
}

extension JSONObject: JSONMembers {
    var memberCount: Int { members.count }

    func abstract(at position: Int) -> NameAbstract { NameAbstract(of: members[position].name) }

    func value(at position: Int) -> JSONValue? { members[position].value }

    func isString(at position: Int) -> Bool { members[position].value.string != nil }

    func isString(at position: Int, oneOf texts: [String]) -> Bool {
        members[position].value.string.map { text in texts.contains(where: text.hasSameOctets) } ?? false
    }

    func wholeNumber(at position: Int) -> Int? { members[position].value.int }
}

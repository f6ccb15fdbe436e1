/// A JSON object whose members keep their order and whose names are unique.
///
/// Names are told apart as Swift tells strings apart, by canonical equivalence, and found only when every octet agrees.
/// Equality disregards the order of members (RFC 8259 §1).
public struct JSONObject: Sendable {
    /// A name and its value.
    public struct Member: Hashable, Sendable {
        /// The name, unique in its object.
        public let name: String
        /// The value under that name.
        public fileprivate(set) var value: JSONValue
    }

    /// The members in order.
    public private(set) var members: [Member] = []

    // Small objects are searched one by one, which is faster; large ones must not make a search of all members per
    // member, or a hostile document costs the square of its length.
    private static let indexThreshold = 16
    private var index: [String: Int]?

    /// Makes an object with no members.
    public init() {}

    /// The names in order.
    public var names: [String] { members.map(\.name) }

    /// The value under a name; setting one keeps its place, a new one goes last, and nil removes.
    public subscript(name: String) -> JSONValue? {
        get {
            guard let position = position(of: name), members[position].name.hasSameOctets(as: name) else { return nil }
            return members[position].value
        }
        set {
            if let newValue {
                set(name, newValue)
            } else if let position = position(of: name) {
                members.remove(at: position)
                rebuildIndex()
            }
        }
    }

    /// Puts a value under a name, in place of an earlier one or at the end.
    mutating func set(_ name: consuming String, _ value: consuming JSONValue) {
        if let position = position(of: name) {
            members[position] = Member(name: name, value: value)
        } else {
            append(name, value)
        }
    }

    /// Adds a member at the end, or returns false and changes nothing when the name is taken.
    mutating func insert(_ name: String, _ value: JSONValue) -> Bool {
        guard position(of: name) == nil else { return false }
        append(name, value)
        return true
    }

    private mutating func append(_ name: consuming String, _ value: consuming JSONValue) {
        if members.isEmpty { members.reserveCapacity(Self.indexThreshold / 2) }
        if index != nil { index?[copy name] = members.count }
        members.append(Member(name: name, value: value))
        if index == nil, members.count > Self.indexThreshold { rebuildIndex() }
    }

    private func position(of name: String) -> Int? {
        if let index { return index[name] }
        for position in members.indices where members[position].name == name { return position }
        return nil
    }

    private mutating func rebuildIndex() {
        guard members.count > Self.indexThreshold else {
            index = nil
            return
        }
        var index: [String: Int] = [:]
        index.reserveCapacity(members.count)
        for (position, member) in members.enumerated() { index[member.name] = position }
        self.index = index
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Takes the members in the order written; of two with one name the later value stays.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        for (name, value) in elements { self[name] = value }
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same members in any order.
    public static func == (first: JSONObject, second: JSONObject) -> Bool {
        first.members.count == second.members.count
            && first.members.allSatisfy { member in second[member.name] == member.value }
    }

    /// Mixes the members in such a way that their order does not count.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(members.reduce(into: 0) { $0 ^= $1.hashValue })
    }
}

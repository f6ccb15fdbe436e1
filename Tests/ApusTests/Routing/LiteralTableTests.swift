import Testing

@testable import Apus

/// A dictionary of the same entries is what the table is held against.
@Suite struct LiteralTableTests {
    private struct Key: Hashable {
        let parent: Int
        let literal: String
    }

    /// Literals that differ in one place at most, of every length around the eight octets that are compared at once.
    private static let names: [String] = {
        var names: [String] = []
        for length in 1...26 {
            var octets = [UInt8](repeating: UInt8(ascii: "a"), count: length)
            names.append(String(decoding: octets, as: UTF8.self))
            for place in octets.indices {
                octets[place] = UInt8(ascii: "b")
                names.append(String(decoding: octets, as: UTF8.self))
                octets[place] = UInt8(ascii: "a")
            }
        }
        return names
    }()

    private static func table(of known: [Key: Int]) -> LiteralTable {
        LiteralTable(
            known.map { key, child in
                LiteralTable.Entry(parent: key.parent, octets: Array(key.literal.utf8), child: child)
            })
    }

    @Test func `finds what is in it under its parent, and nothing else`() {
        var known: [Key: Int] = [:]
        for parent in 0..<4 {
            for (index, name) in Self.names.enumerated() where index % 3 == parent % 3 {
                known[Key(parent: parent, literal: name)] = known.count
            }
        }
        let table = Self.table(of: known)
        for parent in 0..<5 {
            let wrong = Self.names.filter { name in
                table.child(of: parent, for: name.utf8.span) != known[Key(parent: parent, literal: name)]
            }
            #expect(wrong == [], "below \(parent)")
        }
    }

    @Test func `an empty segment is one like any other`() {
        #expect(Self.table(of: [:]).child(of: 0, for: "".utf8.span) == nil)
        #expect(Self.table(of: [Key(parent: 0, literal: ""): 7]).child(of: 0, for: "".utf8.span) == 7)
    }

    /// A table that is half full at most has no long runs of taken slots, if its hash is good (Knuth, volume 3, §6.4).
    @Test(arguments: ["r", "product", "item-in-a-long-list-"])
    func `finds each of ten thousand siblings, and soon`(prefix: String) {
        var known: [Key: Int] = [:]
        for number in 0..<10_000 { known[Key(parent: 3, literal: prefix + String(number))] = number }
        let table = Self.table(of: known)
        let wrong = known.filter { key, child in table.child(of: 3, for: key.literal.utf8.span) != child }
        #expect(wrong.isEmpty)
        #expect(table.child(of: 3, for: (prefix + "10000").utf8.span) == nil)
        #expect(table.longestSearch <= 64)
    }
}

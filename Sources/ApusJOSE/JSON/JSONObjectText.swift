package import FoundationEssentials

/// An object that is written member by member, for which no `JSONObject` has to be made.
///
/// Whoever writes it sees to it that no two members have one name; `isNew(_:)` tells.
package struct JSONObjectText {
    private var octets: [UInt8] = []

    /// Of the names that were asked about; the first of these.
    private var abstracts = InlineArray<16, UInt64>(repeating: 0)
    private var count = 0

    /// An object with no members.
    package init() {
        octets.reserveCapacity(JSONWriter.usualRoom)
    }

    /// Whether a name is another than all that were asked about before; false also when that takes longer to say.
    package mutating func isNew(_ name: String) -> Bool {
        // Names that are not ASCII may be one by canonical equivalence.
        guard count < abstracts.count, name.utf8Span.isKnownASCII else { return false }
        let abstract = NameAbstract(of: name).word
        for position in 0..<count where abstracts[position] == abstract { return false }
        abstracts[count] = abstract
        count += 1
        return true
    }

    package mutating func append(_ name: String, _ value: JSONValue) {
        if case .string(let string) = value { return append(name, string) }
        write(name, room: 0) { (_, _) throws(JSONWriter.OutOfRoom) in }
        JSONWriter.write(value, to: &octets)
    }

    package mutating func append(_ name: String, _ string: String) {
        write(name, room: string.utf8.count) { (writer, text) throws(JSONWriter.OutOfRoom) in
            try writer.write(string, &text)
        }
    }

    /// Writes an instant as `Date.jsonValue` has it.
    package mutating func append(_ name: String, _ instant: Date) {
        write(name, room: 0) { (writer, text) throws(JSONWriter.OutOfRoom) in
            try writer.write(instant, &text)
        }
    }

    /// Writes a name and, with `body`, what is behind it.
    ///
    /// - Parameter room: what that takes; a little is there anyway.
    @inline(__always)
    private mutating func write(
        _ name: String, room: Int,
        _ body: (inout JSONWriter, inout MutableSpan<UInt8>) throws(JSONWriter.OutOfRoom) -> Void
    ) {
        let opening = opening
        JSONWriter.write(to: &octets, room: Self.shortRoom + name.utf8.count + room) {
            (writer, text) throws(JSONWriter.OutOfRoom) in
            try writer.write(name: name, behind: opening, &text)
            try body(&writer, &text)
        }
    }

    /// What stands around a name and a text, and an instant; more is made when it is not enough.
    private static let shortRoom = 48

    private var opening: UInt8 { octets.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ",") }

    /// The whole object; nothing is left to write to.
    package mutating func finish() -> [UInt8] {
        if octets.isEmpty { octets.append(UInt8(ascii: "{")) }
        octets.append(UInt8(ascii: "}"))
        var whole: [UInt8] = []
        swap(&whole, &octets)
        return whole
    }
}

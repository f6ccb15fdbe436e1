/// What a token that is issued says: the claims that were set, and those that each token has of its own.
///
/// They are written one behind the other, and put together as an object only when one is asked for: as a rule nobody does.
struct IssuedClaims: Sendable {
    /// Seconds since 1970.
    struct Times: Sendable {
        let issuedAt: Int
        let notBefore: Int
        let expires: Int

        var lifetime: Int { expires - issuedAt }
    }

    private let members: JSONObject
    private let identifier: String?
    private let times: Times?

    /// Claims with those of one token behind them, none of which may be among the first.
    init(_ members: JSONObject, identifier: String?, times: Times) {
        self.members = members
        self.identifier = identifier
        self.times = times
    }

    /// Claims among which the times of an earlier token are; the new ones take their places.
    init(_ members: JSONObject, replacing times: Times) {
        var members = members
        Self.set(times, in: &members)
        self.members = members
        identifier = nil
        self.times = nil
    }

    var object: JSONObject {
        var object = members
        if let identifier { object["jti"] = .string(identifier) }
        if let times { Self.set(times, in: &object) }
        return object
    }

    private static func set(_ times: Times, in object: inout JSONObject) {
        object["iat"] = .number(JSONNumber(times.issuedAt))
        object["nbf"] = .number(JSONNumber(times.notBefore))
        object["exp"] = .number(JSONNumber(times.expires))
    }

    /// Appends what writing the object would, encoded.
    func appendBase64URL(to token: inout [UInt8]) {
        // On the stack as a rule: beside the hash an array is not cheap.
        var storage = InlineArray<512, UInt8>(repeating: 0)
        var text = storage.mutableSpan
        let count = JSONWriter.write(into: &text) { (writer, text) throws(JSONWriter.OutOfRoom) in
            try write(with: &writer, &text)
        }
        if let count { return Base64URL.append(text.span.extracting(first: count), to: &token) }
        var long: [UInt8] = []
        JSONWriter.write(to: &long, room: 2 * text.count) { (writer, text) throws(JSONWriter.OutOfRoom) in
            try write(with: &writer, &text)
        }
        Base64URL.append(long.span, to: &token)
    }

    private func write(
        with writer: inout JSONWriter, _ text: inout MutableSpan<UInt8>
    ) throws(JSONWriter.OutOfRoom) {
        var opening = try writer.write(membersOf: members, &text)
        if let identifier {
            try writer.write(name: "jti", behind: opening, &text)
            try writer.write(identifier, &text)
            opening = UInt8(ascii: ",")
        }
        if let times {
            try writer.write(name: "iat", behind: opening, &text)
            try writer.write(times.issuedAt, &text)
            try writer.write(name: "nbf", behind: UInt8(ascii: ","), &text)
            try writer.write(times.notBefore, &text)
            try writer.write(name: "exp", behind: UInt8(ascii: ","), &text)
            try writer.write(times.expires, &text)
        }
        try writer.write(UInt8(ascii: "}"), &text)
    }
}

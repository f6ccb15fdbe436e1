public import ApusHTTP
import ApusJOSE
import FoundationEssentials

/// A JSON response: `JSON(["name": user.name, "since": user.joined])` or `JSON(anEncodableValue)`.
///
/// Members keep their order, those of an encodable value are in the order of their names; dates are ISO 8601 in UTC.
public struct JSON: ResponseConvertible {
    private enum Content {
        case members(KeyValuePairs<String, any Encodable>)
        case value(any Encodable)
    }

    private let content: Content
    private let status: Response.Status
    private var headers = HTTP.Fields()

    /// An object of these members, whose values may be of different types.
    public init(_ members: KeyValuePairs<String, any Encodable>, status: Response.Status = .ok) {
        content = .members(members)
        self.status = status
    }

    /// Any value that can be encoded.
    @_disfavoredOverload
    public init(_ value: any Encodable, status: Response.Status = .ok) {
        content = .value(value)
        self.status = status
    }

    /// The response, with `application/json; charset=utf-8`.
    ///
    /// - Throws: what the value's encoding throws.
    public func response(to request: Request) throws -> Response {
        let octets =
            switch content {
            case .members(let members): try Self.encode(members)
            case .value(let value): try Self.encode(value)
            }
        return Response(status, headers: headers, contentType: .json, body: .octets(octets))
    }

    /// The same with one more header field, in place of others of that name.
    ///
    /// - Throws: `HTTP.FieldError` when `value` has characters that cannot stand in a header field.
    public func header(_ name: HTTP.FieldName, _ value: String) throws -> JSON {
        var json = self
        try json.headers.set(name, value)
        return json
    }

    static func response(encoding value: any Encodable) throws -> Response {
        Response(octets: try encode(value), contentType: .json)
    }

    private static func encode(_ members: KeyValuePairs<String, any Encodable>) throws -> [UInt8] {
        var text = JSONObjectText()
        for (name, value) in members {
            guard text.isNew(name) else { return try encodeObject(members) }
            try append(name, value, to: &text)
        }
        return text.finish()
    }

    private static func append<Value: Encodable>(
        _ name: String, _ value: Value, to text: inout JSONObjectText
    ) throws {
        if Value.self == Date.self, let date = value as? Date, isOfFourDigitYear(date) {
            text.append(name, date)
        } else {
            text.append(name, try jsonValue(of: value))
        }
    }

    /// Of several members with one name, the last value stays.
    private static func encodeObject(_ members: KeyValuePairs<String, any Encodable>) throws -> [UInt8] {
        var object = JSONObject()
        for (name, value) in members { object[name] = try jsonValue(of: value) }
        return JSONValue.object(object).serialized()
    }

    /// The types that need no encoder come first; whatever else is encoded and read back.
    ///
    /// Generic, because a cast from the type that the value has is much cheaper than one from `any Encodable`, and to compare types is
    /// much cheaper than a cast that fails.
    private static func jsonValue<Value: Encodable>(of value: Value) throws -> JSONValue {
        if Value.self == String.self, let text = value as? String { return .string(text) }
        if Value.self == Int.self, let number = value as? Int { return JSONValue(integerLiteral: number) }
        if Value.self == Date.self, let date = value as? Date { return .string(text(of: date)) }
        if Value.self == Bool.self, let flag = value as? Bool { return .bool(flag) }
        if Value.self == JSONValue.self, let value = value as? JSONValue { return value }
        let octets = try encode(value)
        return try JSONValue.parse(octets.span)
    }

    /// As the encoder writes dates; what lies outside of those years, Foundation's calendar decides.
    private static func text(of date: Date) -> String {
        guard isOfFourDigitYear(date), case .string(let text) = date.jsonValue else { return date.formatted(.iso8601) }
        return text
    }

    private static func isOfFourDigitYear(_ date: Date) -> Bool {
        (0..<253_402_300_800.0).contains(date.timeIntervalSince1970)
    }

    private static func encode(_ value: any Encodable) throws -> [UInt8] {
        if let value = value as? JSONValue { return value.serialized() }
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        // The encoder would take the order of a dictionary, another each time: one value would have many entity tags.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}

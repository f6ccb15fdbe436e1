public import ApusHTTP
import ApusJOSE
import FoundationEssentials

/// A JSON response: `JSON(["name": user.name, "since": user.joined])` or `JSON(anEncodableValue)`.
///
/// It is encoded at once; what that throws, the route throws. Members keep their order, those of an encodable value are in the order of
/// their names; dates are ISO 8601 in UTC.
public struct JSON: ResponseConvertible {
    private let encoding: Result<[UInt8], any Error>
    private let status: Response.Status
    private var headers: HTTP.Fields?

    /// An object of these members, whose values may be of different types.
    public init(_ members: KeyValuePairs<String, any Encodable>, status: Response.Status = .ok) {
        encoding = Result { try Self.encode(members) }
        self.status = status
    }

    /// Any value that can be encoded.
    @_disfavoredOverload
    public init(_ value: any Encodable, status: Response.Status = .ok) {
        encoding = Result { try Self.encode(value) }
        self.status = status
    }

    /// The response, with `application/json; charset=utf-8`.
    ///
    /// - Throws: what the value's encoding has thrown.
    public func response(to request: Request) throws -> Response {
        Response(status: status, contentType: .json, ownHeaders: headers, body: .octets(try encoding.get()))
    }

    /// The same with one more header field, in place of others of that name.
    ///
    /// - Throws: `HTTP.FieldError` when `value` has characters that cannot stand in a header field.
    public func header(_ name: HTTP.FieldName, _ value: String) throws -> JSON {
        var headers = headers ?? HTTP.Fields()
        try headers.set(name, value)
        var json = self
        json.headers = headers
        return json
    }

    static func response(encoding value: any Encodable) throws -> Response {
        Response(octets: try encode(value), contentType: .json)
    }

    private static func encode(_ members: KeyValuePairs<String, any Encodable>) throws -> [UInt8] {
        var text = JSONObjectText()
        for (name, value) in members {
            guard text.isNew(name) else { return try encodeObject(members) }
            try value.append(as: name, to: &text)
        }
        return text.finish()
    }

    /// Of several members with one name, the last value stays.
    private static func encodeObject(_ members: KeyValuePairs<String, any Encodable>) throws -> [UInt8] {
        var object = JSONObject()
        for (name, value) in members { object[name] = try value.encodedValue() }
        return JSONValue.object(object).serialized()
    }

    fileprivate static func encode(_ value: any Encodable) throws -> [UInt8] {
        if let value = value as? JSONValue { return value.serialized() }
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        // The encoder would take the order of a dictionary, another each time: one value would have many entity tags.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}

/// Called on a value of any type, these are functions of the type that it has: a cast from that is much cheaper than one from
/// `any Encodable`, and to compare types is much cheaper than a cast that fails.
extension Encodable {
    fileprivate func append(as name: String, to text: inout JSONObjectText) throws {
        if Self.self == String.self, let string = self as? String {
            text.append(name, string)
        } else if Self.self == Date.self, let date = self as? Date, date.isOfFourDigitYear {
            text.append(name, date)
        } else {
            text.append(name, try encodedValue())
        }
    }

    /// The types that need no encoder come first; whatever else is encoded and read back.
    fileprivate func encodedValue() throws -> JSONValue {
        if Self.self == String.self, let text = self as? String { return .string(text) }
        if Self.self == Int.self, let number = self as? Int { return JSONValue(integerLiteral: number) }
        if Self.self == Date.self, let date = self as? Date { return .string(date.iso8601) }
        if Self.self == Bool.self, let flag = self as? Bool { return .bool(flag) }
        if Self.self == JSONValue.self, let value = self as? JSONValue { return value }
        let octets = try JSON.encode(self)
        return try JSONValue.parse(octets.span)
    }
}

extension Date {
    /// As the encoder writes dates; what lies outside of those years, Foundation's calendar decides.
    fileprivate var iso8601: String {
        guard isOfFourDigitYear, case .string(let text) = jsonValue else { return formatted(.iso8601) }
        return text
    }

    fileprivate var isOfFourDigitYear: Bool { (0..<253_402_300_800.0).contains(timeIntervalSince1970) }
}

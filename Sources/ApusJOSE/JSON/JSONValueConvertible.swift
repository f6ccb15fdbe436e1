public import FoundationEssentials

/// A type whose values can stand as JSON.
public protocol JSONValueConvertible {
    /// The value as JSON.
    var jsonValue: JSONValue { get }
}

extension JSONValue: JSONValueConvertible {
    /// The value itself.
    public var jsonValue: JSONValue { self }
}

extension JSONObject: JSONValueConvertible {
    /// The object as a value.
    public var jsonValue: JSONValue { .object(self) }
}

extension String: JSONValueConvertible {
    /// The text as a JSON string.
    public var jsonValue: JSONValue { .string(self) }
}

extension Bool: JSONValueConvertible {
    /// The truth value as `true` or `false`.
    public var jsonValue: JSONValue { .bool(self) }
}

extension Int: JSONValueConvertible {
    /// The whole number, exact.
    public var jsonValue: JSONValue { .number(JSONNumber(self)) }
}

extension Double: JSONValueConvertible {
    /// The number, or `null` for NaN and the infinities, which JSON cannot express.
    public var jsonValue: JSONValue { JSONNumber(self).map(JSONValue.number) ?? .null }
}

extension Date: JSONValueConvertible {
    /// The instant as ISO 8601 text in UTC with whole seconds, such as `2026-01-02T03:04:05Z`.
    ///
    /// Claims that hold an instant are numbers instead; `JWTBuilder.claim(_:_:)` writes a `Date` as one.
    public var jsonValue: JSONValue { .string(UTCTimestamp.text(self)) }
}

extension Array: JSONValueConvertible where Element: JSONValueConvertible {
    /// The elements as a JSON array.
    public var jsonValue: JSONValue { .array(map(\.jsonValue)) }
}

extension Optional: JSONValueConvertible where Wrapped: JSONValueConvertible {
    /// The value, or `null` for none.
    public var jsonValue: JSONValue { self?.jsonValue ?? .null }
}

extension Dictionary: JSONValueConvertible where Key == String, Value: JSONValueConvertible {
    /// The entries as a JSON object with its names sorted, because a dictionary has no order of its own.
    public var jsonValue: JSONValue {
        var object = JSONObject()
        for (name, value) in sorted(by: { $0.key < $1.key }) { object[name] = value.jsonValue }
        return .object(object)
    }
}

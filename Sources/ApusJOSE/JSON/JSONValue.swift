/// Any JSON value (RFC 8259).
///
/// ```swift
/// let value: JSONValue = ["name": "Ada", "permissions": ["read", "write"]]
/// let first = value["permissions"]?[0]?.string  // "read"
/// ```
public enum JSONValue: Hashable, Sendable {
    /// The literal `null`.
    case null
    /// The literal `true` or `false`.
    case bool(Bool)
    /// A finite number.
    case number(JSONNumber)
    /// A string of Unicode scalar values.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Named values in order.
    case object(JSONObject)
}

extension JSONValue {
    /// The string, or nil when this is something else.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The whole number, or nil when this is something else or has a fraction.
    public var int: Int? {
        if case .number(let value) = self { value.int } else { nil }
    }

    /// The number as the nearest `Double`, or nil when this is something else.
    public var double: Double? {
        if case .number(let value) = self { value.double } else { nil }
    }

    /// The truth value, or nil when this is something else; `1` and `"true"` are something else.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements, or nil when this is something else.
    public var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The object, or nil when this is something else.
    public var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Whether this is the literal `null`.
    public var isNull: Bool { self == .null }

    /// The value under a name, or nil when this is no object or has no such member.
    public subscript(name: String) -> JSONValue? {
        if case .object(let value) = self { value[name] } else { nil }
    }

    /// The element at a position from 0, or nil when this is no array or ends before it.
    public subscript(position: Int) -> JSONValue? {
        guard case .array(let value) = self, value.indices.contains(position) else { return nil }
        return value[position]
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Reads `nil` as `null`.
    public init(nilLiteral: ()) { self = .null }

    /// Reads `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// Reads a whole number.
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }

    /// Reads a number with a fraction; one too large for `Double` becomes `null`.
    public init(floatLiteral value: Double) { self = value.jsonValue }

    /// Reads a string.
    public init(stringLiteral value: String) { self = .string(value) }

    /// Reads an array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Reads an object; of two members with one name the later value stays.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (name, value) in elements { object[name] = value }
        self = .object(object)
    }
}

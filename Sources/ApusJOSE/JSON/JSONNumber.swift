/// A finite JSON number; every whole number that is written with digits alone is exact, however long.
///
/// Two numbers are equal when their values are: `1`, `1.0` and `1e0` are one number, and it is written `1`. Whole numbers beyond
/// `Int` keep their digits, and are equal to those with the same digits.
public struct JSONNumber: Hashable, Sendable {
    private enum Storage: Hashable {
        case integer(Int)
        // Never a value that Int can hold, so that equal numbers have equal storage.
        case double(Double)
        // A whole number beyond Int, as it was written.
        case digits(String)
    }

    private let storage: Storage

    /// Holds a whole number exactly.
    public init(_ value: Int) {
        storage = .integer(value)
    }

    /// Holds a finite floating-point value, or is nil for NaN and the infinities, which JSON cannot express.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        storage = Int(exactly: value).map(Storage.integer) ?? .double(value)
    }

    /// Holds a whole number that is too large for `Int`, with a minus sign in front or none; its `Double` is finite.
    init(wholeDigits text: String) {
        storage = .digits(text)
    }

    /// The value, or nil when it has a fraction or lies outside `Int`.
    public var int: Int? {
        switch storage {
        case .integer(let value): value
        case .double, .digits: nil
        }
    }

    /// The nearest `Double`: exact for whole numbers in −2^53…2^53.
    public var double: Double {
        switch storage {
        case .integer(let value): Double(value)
        case .double(let value): value
        case .digits(let text): Double(text) ?? .nan
        }
    }
}

extension JSONNumber: CustomStringConvertible {
    /// The number as JSON text, in the fewest digits that read back to the same value.
    public var description: String {
        switch storage {
        case .integer(let value): value.description
        case .double(let value): value.description
        case .digits(let text): text
        }
    }
}

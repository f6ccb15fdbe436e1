import FoundationEssentials

/// Seconds since 1970-01-01T00:00:00Z, perhaps with a fraction (RFC 7519 §2).
struct NumericDate {
    let seconds: Double

    /// Nil for what is no number, and for a number beyond ±2^53, up to where `Double` counts single seconds.
    init?(_ value: JSONValue) {
        guard case .number(let number) = value, Self.isInRange(number.double) else { return nil }
        seconds = number.double
    }

    /// The second in which an instant falls, or nil for an instant out of range.
    static func wholeSeconds(_ date: Date) -> Int? {
        let seconds = date.timeIntervalSince1970
        return isInRange(seconds) ? Int(seconds.rounded(.down)) : nil
    }

    static func isInRange(_ seconds: Double) -> Bool {
        seconds.magnitude <= 9_007_199_254_740_992
    }

    var date: Date { Date(timeIntervalSince1970: seconds) }
}

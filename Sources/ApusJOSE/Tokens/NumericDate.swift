import FoundationEssentials

/// Seconds since 1970-01-01T00:00:00Z, perhaps with a fraction (RFC 7519 §2).
struct NumericDate {
    /// 2^53, up to where `Double` counts single seconds.
    static let limit = 1 << 53

    let seconds: Double

    /// Nil for what is no number, and for a number beyond the limit on either side.
    init?(_ value: JSONValue) {
        guard case .number(let number) = value, Self.isInRange(number.double) else { return nil }
        // 2^53 + 1 is rounded into the range on its way to Double.
        if let whole = number.int, whole.magnitude > Self.limit { return nil }
        seconds = number.double
    }

    /// Nil for a number beyond the limit on either side.
    init?(_ whole: Int) {
        guard whole.magnitude <= Self.limit else { return nil }
        seconds = Double(whole)
    }

    /// The second in which an instant falls, or nil for an instant out of range.
    static func wholeSeconds(_ date: Date) -> Int? {
        let seconds = date.timeIntervalSince1970
        return isInRange(seconds) ? Int(seconds.rounded(.down)) : nil
    }

    private static func isInRange(_ seconds: Double) -> Bool {
        seconds.magnitude <= Double(limit)
    }

    var date: Date { Date(timeIntervalSince1970: seconds) }
}

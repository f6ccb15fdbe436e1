import FoundationEssentials

/// ISO 8601 text in UTC with whole seconds, written without a formatter because responses and logs carry many.
enum UTCTimestamp {
    /// The octets of a text, as ASCII.
    typealias Octets = InlineArray<20, UInt8>

    static func text(_ date: Date) -> String {
        let (days, second) = seconds(date).flooredDivision(by: 86_400)
        let (year, month, day) = civil(days)
        let octets = octets(year, month, day, second)
        guard (0...9_999).contains(year) else { return signed(year) + string(octets.span.extracting(4...)) }
        return string(octets.span)
    }

    /// The text of an instant of the years from 0 to 9999; nil for others, whose texts are longer.
    static func octets(_ date: Date) -> Octets? {
        let (days, second) = seconds(date).flooredDivision(by: 86_400)
        let (year, month, day) = civil(days)
        return (0...9_999).contains(year) ? octets(year, month, day, second) : nil
    }

    private static func seconds(_ date: Date) -> Int {
        // Beyond 2^53 seconds a Double no longer counts single seconds; a date of a token never gets there.
        let limit = 9_007_199_254_740_992.0
        let interval = date.timeIntervalSince1970
        return interval.isNaN ? 0 : Int(min(max(interval, -limit), limit).rounded(.down))
    }

    /// The first four are of use for a year of four digits alone.
    private static func octets(_ year: Int, _ month: Int, _ day: Int, _ second: Int) -> Octets {
        // 0000-00-00T00:00:00Z
        var text: Octets = [
            0x30, 0x30, 0x30, 0x30, 0x2D, 0x30, 0x30, 0x2D, 0x30, 0x30, 0x54, 0x30, 0x30, 0x3A, 0x30, 0x30, 0x3A, 0x30,
            0x30, 0x5A,
        ]
        if (0...9_999).contains(year) {
            write(year / 100, at: 0, of: &text)
            write(year % 100, at: 2, of: &text)
        }
        write(month, at: 5, of: &text)
        write(day, at: 8, of: &text)
        write(second / 3600, at: 11, of: &text)
        write(second / 60 % 60, at: 14, of: &text)
        write(second % 60, at: 17, of: &text)
        return text
    }

    @inline(__always)
    private static func write(_ value: Int, at offset: Int, of text: inout Octets) {
        let (tens, ones) = UInt8(truncatingIfNeeded: value).quotientAndRemainder(dividingBy: 10)
        text[offset] = UInt8(ascii: "0") + tens
        text[offset + 1] = UInt8(ascii: "0") + ones
    }

    private static func string(_ text: Span<UInt8>) -> String {
        String(copying: UTF8Span(unchecked: text, isKnownASCII: true))
    }

    /// A year before 0 or after 9999, in four digits at least.
    private static func signed(_ year: Int) -> String {
        let digits = year.magnitude.description
        return (year < 0 ? "-" : "") + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    /// The date of the proleptic Gregorian calendar so many days after 1970-01-01.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        // Counted in cycles of 400 years (146,097 days) from 0000-03-01, so that a leap day ends its year and the
        // lengths of the months before it follow one line: (153 m + 2) / 5 days before month m.
        let (cycle, dayOfCycle) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

extension Int {
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

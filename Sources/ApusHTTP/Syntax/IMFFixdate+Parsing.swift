extension IMFFixdate {
    /// Seconds since 1970 of a date in any of the three forms that a recipient must take (RFC 9110 §5.6.7).
    ///
    /// `nil` for anything else, for a day that does not exist, and for a weekday that is not that day's. A year of two
    /// digits is the one nearest to `now` from below or at most 50 years above; without `now`, one of 1970...2069.
    package static func parse(_ text: String, now: Int? = nil) -> Int? {
        let octets = text.utf8.span
        var cursor = Cursor(end: octets.count)
        guard let (weekday, isLong) = cursor.weekday(octets) else { return nil }
        let parsed: CivilTime?
        if isLong {
            parsed = cursor.rfc850(octets, now)
        } else if cursor.take(",", octets) {
            parsed = cursor.fixdate(octets)
        } else {
            parsed = cursor.asctime(octets)
        }
        guard let parsed, parsed.isValid, cursor.isAtEnd else { return nil }
        // Where the century is a guess, the weekday may rightly be that of another.
        return isLong || parsed.weekday == weekday ? parsed.secondsSince1970 : nil
    }

    /// Takes a date apart from the left.
    private struct Cursor {
        private var position = 0
        private let end: Int

        private static let longWeekdays = [
            "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
        ]

        init(end: Int) { self.end = end }

        var isAtEnd: Bool { position == end }

        mutating func weekday(_ octets: Span<UInt8>) -> (Int, isLong: Bool)? {
            for (index, name) in Self.longWeekdays.enumerated() where take(name, octets) { return (index, true) }
            for (index, name) in weekdays.enumerated() where take(name, octets) { return (index, false) }
            return nil
        }

        /// Reads ` 06 Nov 1994 08:49:37 GMT`.
        mutating func fixdate(_ octets: Span<UInt8>) -> CivilTime? {
            guard take(" ", octets), let day = digits(2, octets), take(" ", octets), let month = month(octets),
                take(" ", octets), let year = digits(4, octets), take(" ", octets)
            else { return nil }
            return time(CivilTime(year: year, month: month, day: day), octets, zone: " GMT")
        }

        /// Reads `, 06-Nov-94 08:49:37 GMT`.
        mutating func rfc850(_ octets: Span<UInt8>, _ now: Int?) -> CivilTime? {
            guard take(", ", octets), let day = digits(2, octets), take("-", octets), let month = month(octets),
                take("-", octets), let short = digits(2, octets), take(" ", octets),
                var time = time(CivilTime(year: 0, month: month, day: day), octets, zone: " GMT")
            else { return nil }
            guard let now else {
                time.year = short < 70 ? 2_000 + short : 1_900 + short
                return time
            }
            var latest = CivilTime(secondsSince1970: now)
            latest.year += 50
            time.year = latest.year - ((latest.year - short) % 100 + 100) % 100
            if time.secondsSince1970 > latest.secondsSince1970 { time.year -= 100 }
            return time
        }

        /// Reads ` Nov  6 08:49:37 1994`.
        mutating func asctime(_ octets: Span<UInt8>) -> CivilTime? {
            guard take(" ", octets), let month = month(octets), take(" ", octets),
                let day = take(" ", octets) ? digits(1, octets) : digits(2, octets), take(" ", octets),
                var time = time(CivilTime(year: 0, month: month, day: day), octets, zone: " "),
                let year = digits(4, octets)
            else { return nil }
            time.year = year
            return time
        }

        private mutating func time(_ date: CivilTime, _ octets: Span<UInt8>, zone: String) -> CivilTime? {
            guard let hour = digits(2, octets), take(":", octets), let minute = digits(2, octets), take(":", octets),
                let second = digits(2, octets), take(zone, octets)
            else { return nil }
            return CivilTime(
                year: date.year, month: date.month, day: date.day, hour: hour, minute: minute, second: second)
        }

        private mutating func month(_ octets: Span<UInt8>) -> Int? {
            for (index, name) in months.enumerated() where take(name, octets) { return index + 1 }
            return nil
        }

        /// Whether `text` stands here; if so it is taken.
        ///
        /// Dates are case-sensitive.
        mutating func take(_ text: String, _ octets: Span<UInt8>) -> Bool {
            let wanted = text.utf8.span
            guard end - position >= wanted.count else { return false }
            for index in wanted.indices where octets[position + index] != wanted[index] { return false }
            position += wanted.count
            return true
        }

        private mutating func digits(_ count: Int, _ octets: Span<UInt8>) -> Int? {
            guard end - position >= count else { return nil }
            var number = 0
            for index in position..<position + count {
                guard Octet.isDigit(octets[index]) else { return nil }
                number = number * 10 + Int(octets[index] - Octet.zero)
            }
            position += count
            return number
        }
    }
}

/// A moment in UTC in the proleptic Gregorian calendar.
struct CivilTime: Equatable {
    var year: Int
    /// From 1 to 12.
    var month: Int
    /// From 1 to 31.
    var day: Int
    var hour = 0
    var minute = 0
    /// 0...60: the grammar of dates allows for leap seconds.
    var second = 0

    /// 0 is Sunday.
    var weekday: Int { Self.modulo(daysSince1970 + 4, 7) }

    /// Counted in years that begin in March, so that a leap day is the last day of its year.
    var daysSince1970: Int {
        let shifted = month > 2 ? year : year - 1
        let century = Self.quotient(shifted, 400)
        let yearOfEra = shifted - century * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return century * 146_097 + dayOfEra - 719_468
    }

    var secondsSince1970: Int { daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second }

    /// Whether there is such a moment.
    var isValid: Bool {
        guard (1...12).contains(month), (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...lengths[month - 1]).contains(day)
    }

    fileprivate static func quotient(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }

    fileprivate static func modulo(_ number: Int, _ divisor: Int) -> Int {
        number - quotient(number, divisor) * divisor
    }
}

extension CivilTime {
    init(secondsSince1970 seconds: Int) {
        let days = Self.quotient(seconds, 86_400) + 719_468
        let era = Self.quotient(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let secondOfDay = Self.modulo(seconds, 86_400)
        hour = secondOfDay / 3_600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
    }
}

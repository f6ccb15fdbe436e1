/// Dates as HTTP writes them, in UTC and to the second (RFC 9110 §5.6.7).
package enum IMFFixdate {
    /// The seconds from the year 0 to the year 9999, which four digits can show.
    private static let range = -62_167_219_200...253_402_300_799

    static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The 29 octets of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`; the year is held to 0...9999.
    package static func format(secondsSince1970: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(29)
        append(secondsSince1970, to: &out)
        return out
    }

    /// The whole field line, with its CRLF.
    package static func dateField(secondsSince1970: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(37)
        out.append(contentsOf: "Date: ".utf8)
        append(secondsSince1970, to: &out)
        out.appendLineEnd()
        return out
    }

    private static func append(_ seconds: Int, to out: inout [UInt8]) {
        let seconds = min(max(seconds, range.lowerBound), range.upperBound)
        let time = CivilTime(secondsSince1970: seconds)
        out.append(contentsOf: weekdays[time.weekday].utf8)
        out.append(contentsOf: ", ".utf8)
        append(twoDigits: time.day, to: &out)
        out.append(Octet.space)
        out.append(contentsOf: months[time.month - 1].utf8)
        out.append(Octet.space)
        append(twoDigits: time.year / 100, to: &out)
        append(twoDigits: time.year % 100, to: &out)
        out.append(Octet.space)
        append(twoDigits: time.hour, to: &out)
        out.append(Octet.colon)
        append(twoDigits: time.minute, to: &out)
        out.append(Octet.colon)
        append(twoDigits: time.second, to: &out)
        out.append(contentsOf: " GMT".utf8)
    }

    private static func append(twoDigits number: Int, to out: inout [UInt8]) {
        out.append(Octet.zero + UInt8(number / 10))
        out.append(Octet.zero + UInt8(number % 10))
    }
}

import ApusHTTP
import Testing

@Suite struct IMFFixdateTests {
    /// The moment of RFC 9110 §5.6.7, and moments from `date --utc --date=@N` of GNU coreutils.
    private static let moments = [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (951_868_799, "Tue, 29 Feb 2000 23:59:59 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
        (2_147_483_648, "Tue, 19 Jan 2038 03:14:08 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (-2_203_891_200, "Thu, 01 Mar 1900 00:00:00 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
    ]

    @Test(arguments: moments) func `writes a date`(_ seconds: Int, _ text: String) {
        let octets = IMFFixdate.format(secondsSince1970: seconds)
        #expect(String(decoding: octets, as: UTF8.self) == text && octets.count == 29)
        let line = IMFFixdate.dateField(secondsSince1970: seconds)
        #expect(String(decoding: line, as: UTF8.self) == "Date: \(text)\r\n")
    }

    @Test(arguments: moments) func `reads a date`(_ seconds: Int, _ text: String) {
        #expect(IMFFixdate.parse(text) == seconds)
    }

    @Test func `holds a year to four digits`() {
        let octets = { (seconds: Int) in String(decoding: IMFFixdate.format(secondsSince1970: seconds), as: UTF8.self) }
        #expect(octets(.max) == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(octets(.min) == "Sat, 01 Jan 0000 00:00:00 GMT")
    }

    /// The three examples of RFC 9110 §5.6.7, which are one moment.
    @Test(arguments: ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
    func `reads all three forms`(_ text: String) {
        #expect(IMFFixdate.parse(text) == 784_111_777)
    }

    @Test func `reads a day of two digits in the oldest form`() {
        #expect(IMFFixdate.parse("Wed Nov 16 08:49:37 1994") == 784_111_777 + 10 * 86_400)
    }

    @Test func `takes a year of two digits more than 50 years ahead for one of the past`() {
        // Tue, 14 Nov 2023 22:13:20 GMT
        let now = 1_700_000_000
        let seconds = { (text: String) in IMFFixdate.parse(text, now: now) }
        #expect(seconds("Sunday, 06-Nov-94 08:49:37 GMT") == 784_111_777)
        #expect(seconds("Monday, 06-Nov-73 00:00:00 GMT") == IMFFixdate.parse("Mon, 06 Nov 2073 00:00:00 GMT"))
        #expect(seconds("Wednesday, 06-Nov-74 00:00:00 GMT") == IMFFixdate.parse("Wed, 06 Nov 1974 00:00:00 GMT"))
        #expect(seconds("Tuesday, 14-Nov-73 22:13:20 GMT") == IMFFixdate.parse("Tue, 14 Nov 2073 22:13:20 GMT"))
        #expect(seconds("Wednesday, 14-Nov-73 22:13:21 GMT") == IMFFixdate.parse("Wed, 14 Nov 1973 22:13:21 GMT"))
        #expect(seconds("Monday, 06-Nov-23 00:00:00 GMT") == IMFFixdate.parse("Mon, 06 Nov 2023 00:00:00 GMT"))
    }

    @Test func `reads a leap second`() {
        #expect(IMFFixdate.parse("Sat, 31 Dec 2016 23:59:60 GMT") == 1_483_228_800)
    }

    @Test(arguments: [
        "", "Sun", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT ",
        " Sun, 06 Nov 1994 08:49:37 GMT", "sun, 06 nov 1994 08:49:37 gmt", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:00:61 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Thu, 31 Nov 1994 08:49:37 GMT", "Thu, 29 Feb 2023 00:00:00 GMT", "Mon, 29 Feb 2100 00:00:00 GMT",
        "Sun, 06 Nev 1994 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994", "Sun Nov  6 08:49:37 1994 GMT", "Sun, +6 Nov 1994 08:49:37 GMT", "784111777",
    ])
    func `refuses anything else`(_ text: String) {
        #expect(IMFFixdate.parse(text) == nil)
    }

    @Test func `reads what it writes, on any day`() {
        for day in stride(from: -719_528, to: 2_932_896, by: 97) {
            let seconds = day * 86_400 + 45_296
            let text = String(decoding: IMFFixdate.format(secondsSince1970: seconds), as: UTF8.self)
            #expect(IMFFixdate.parse(text) == seconds)
        }
    }
}

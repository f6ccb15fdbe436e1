import FoundationEssentials
import Testing

@testable import ApusJOSE

@Suite struct UTCTimestampTests {
    // Computed with Python's datetime; the last two lie beyond its years.
    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00Z"), (1_767_323_045, "2026-01-02T03:04:05Z"),
        (1_767_323_045.999, "2026-01-02T03:04:05Z"), (951_782_399, "2000-02-28T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"), (951_868_800, "2000-03-01T00:00:00Z"),
        (1_300_819_380, "2011-03-22T18:43:00Z"), (4_107_542_400, "2100-03-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
        (-0.5, "1969-12-31T23:59:59Z"), (-86_400, "1969-12-31T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
        (253_402_300_800, "10000-01-01T00:00:00Z"), (-62_167_219_201, "-0001-12-31T23:59:59Z"),
    ])
    func `writes an instant in UTC`(seconds: Double, text: String) {
        #expect(UTCTimestamp.text(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func `agrees with Foundation on every day of four centuries`() {
        for day in 0..<146_097 {
            let date = Date(timeIntervalSince1970: Double(day * 86_400 + day % 86_400))
            #expect(UTCTimestamp.text(date) == date.formatted(.iso8601))
        }
    }

    @Test func `agrees with Foundation on parts of seconds`() {
        for step in 0..<20_000 {
            let date = Date(timeIntervalSince1970: Double(step) * 12_345_678.901_234_5)
            #expect(UTCTimestamp.text(date) == date.formatted(.iso8601))
        }
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan, 1e300, -1e300])
    func `survives what is no instant`(seconds: Double) {
        #expect(UTCTimestamp.text(Date(timeIntervalSince1970: seconds)).hasSuffix("Z"))
    }
}

import Testing

@testable import Apus

@Suite struct FailureTableTests {
    private let start = ContinuousClock.Instant.now

    private static var few: LoginThrottle.Limits {
        var limits = LoginThrottle.Limits()
        limits.entries = 16
        return limits
    }

    private static func key(_ number: Int) -> [UInt8] { Array("\(number)".utf8) }

    /// Who fills the table with others is himself not forgotten.
    @Test func `those with the fewest failures make room`() {
        var table = FailureTable(free: 5, limits: Self.few)
        let attacker = Self.key(-1)
        for _ in 0..<10 {
            table.begin(attacker, at: start)
            table.fail(attacker, at: start)
        }
        for number in 0..<10_000 {
            let now = start + .milliseconds(number)
            for _ in 0...number % 3 {
                table.begin(Self.key(number), at: now)
                table.fail(Self.key(number), at: now)
            }
            #expect(table.count <= 16)
        }
        #expect(table.failures(of: attacker) == 10 && table.wait(for: attacker, at: start + .seconds(11)) != nil)
    }

    /// Five are free, nine double the wait up to 256 s, and then there is one in 300 s: 14 + (86,400 − 511) / 300.
    @Test func `whoever tries all day has three hundred guesses`() {
        var table = FailureTable(free: 5, limits: LoginThrottle.Limits())
        var guesses = 0
        for second in 0..<86_400 {
            let now = start + .seconds(second)
            while table.wait(for: [], at: now) == nil {
                table.begin([], at: now)
                table.fail([], at: now)
                guesses += 1
            }
        }
        #expect(300...301 ~= guesses)
    }

    @Test func `the forgotten make room first`() {
        var table = FailureTable(free: 1, limits: Self.few)
        for number in 0..<16 {
            for _ in 0..<9 {
                table.begin(Self.key(number), at: start)
                table.fail(Self.key(number), at: start)
            }
        }
        let later = start + .seconds(3_600)
        table.begin(Self.key(16), at: later)
        #expect(table.count == 1)
    }

    @Test func `what is under way is not forgotten`() {
        var table = FailureTable(free: 1, limits: Self.few)
        for number in 0..<100 { table.begin(Self.key(number), at: start) }
        #expect(table.count == 100)
        for number in 0..<100 { table.end(Self.key(number)) }
        #expect(table.count == 0)
    }

    @Test func `the longest waits do not overflow`() {
        var limits = LoginThrottle.Limits()
        (limits.longestWait, limits.memory) = (.seconds(86_400 * 365), .seconds(86_400 * 400))
        var table = FailureTable(free: 1, limits: limits)
        for _ in 0..<1_000 {
            table.begin([], at: start)
            table.fail([], at: start)
        }
        #expect(table.wait(for: [], at: start) == .seconds(86_400 * 365))
    }

    @Test func `a user has eight places, and the oldest make room`() {
        var places = KnownPlaces(limits: Self.few)
        for number in 0..<9 { places.note([1], at: Self.key(number), now: start + .seconds(number)) }
        let now = start + .seconds(9)
        #expect(
            (0..<9).map { places.contains([1], at: Self.key($0), now: now) } == [false]
                + Array(repeating: true, count: 8))
        for number in 0..<1_000 {
            places.note(Self.key(number), at: [0], now: now + .seconds(number))
            #expect(places.count <= 16)
        }
        #expect(places.contains(Self.key(999), at: [0], now: now + .seconds(999)))
        #expect(!places.contains([1], at: Self.key(8), now: now))
    }
}

import Glibc

/// Measures the CPU time of a piece of work, many times over, and takes the middle of the rounds.
struct Stopwatch {
    let rounds: Int
    let nanosecondsPerRound: Double

    /// The nanoseconds that one call of each of `works` takes.
    ///
    /// The rounds of all works alternate, so that a noisy moment of the machine hits them alike.
    func measure(_ works: [(name: String, body: () throws -> Void)]) throws -> [Double] {
        let counts = try works.map { try Self.count(filling: nanosecondsPerRound, $0.body) }
        var times = works.map { _ in [Double]() }
        for _ in 0..<rounds {
            for (index, work) in works.enumerated() {
                times[index].append(try Self.time(counts[index], work.body) / Double(counts[index]))
            }
        }
        return times.map { $0.sorted()[$0.count / 2] }
    }

    private static func count(filling nanoseconds: Double, _ body: () throws -> Void) throws -> Int {
        var count = 1
        while try time(count, body) < nanoseconds / 2 { count *= 2 }
        return count
    }

    private static func time(_ count: Int, _ body: () throws -> Void) throws -> Double {
        let start = now()
        for _ in 0..<count { try body() }
        return now() - start
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}

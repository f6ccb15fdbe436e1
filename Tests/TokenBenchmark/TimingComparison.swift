import Glibc

/// Times two pieces of work in turns, and says whether their times differ by more than noise does.
struct TimingComparison {
    /// Nanoseconds of CPU, one for each turn; the slowest tenth of all is left out, as the machine's and not the
    /// work's.
    private let first: [Double]
    private let second: [Double]

    /// From here on a difference is taken for real: the bound that the authors of dudect propose
    /// (eprint.iacr.org/2016/1123, §4).
    static let threshold = 4.5

    /// Which of the two goes first in a turn is left to chance, so that neither profits from what the other has warmed
    /// up.
    init(turns: Int, _ one: () async throws -> Void, _ other: () async throws -> Void) async throws {
        var (first, second) = ([Double](), [Double]())
        for _ in 0..<turns {
            if Bool.random() {
                first.append(try await Self.time(one))
                second.append(try await Self.time(other))
            } else {
                second.append(try await Self.time(other))
                first.append(try await Self.time(one))
            }
        }
        let bound = (first + second).sorted()[(2 * turns - 1) * 9 / 10]
        self.first = first.filter { $0 <= bound }
        self.second = second.filter { $0 <= bound }
    }

    /// The mean time of each.
    var means: (first: Double, second: Double) { (Self.mean(first), Self.mean(second)) }

    /// Welch's t: the difference of the means in units of its own standard error.
    var t: Double {
        let error = (Self.variance(first) / Double(first.count) + Self.variance(second) / Double(second.count))
            .squareRoot()
        return error == 0 ? 0 : (means.first - means.second) / error
    }

    private static func mean(_ times: [Double]) -> Double { times.reduce(0, +) / Double(max(1, times.count)) }

    private static func variance(_ times: [Double]) -> Double {
        let mean = mean(times)
        return times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, times.count - 1))
    }

    /// Of the process, because passwords are hashed on other threads; nothing else runs beside it.
    private static func time(_ work: () async throws -> Void) async throws -> Double {
        let start = now()
        try await work()
        return now() - start
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}

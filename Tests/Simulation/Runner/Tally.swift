import ApusTesting
import Synchronization

/// What all threads have played so far.
final class Tally: Sendable {
    private struct Sum {
        var seeds = 0
        var steps = 0
        var faults = 0
        var simulated = Duration.zero
        var hasFailed = false
    }

    private let sum = Mutex(Sum())

    var seeds: Int { sum.withLock(\.seeds) }
    var hasFailed: Bool { sum.withLock(\.hasFailed) }

    func count(_ report: SimulationReport) {
        sum.withLock { sum in
            sum.seeds += 1
            sum.steps += report.steps
            sum.faults += report.faults
            sum.simulated += report.duration
        }
    }

    func fail() { sum.withLock { $0.hasFailed = true } }

    var summary: String {
        sum.withLock { sum in
            let hours = (sum.simulated / .seconds(3_600) * 10).rounded() / 10
            return
                "\(sum.seeds) seeds, \(hours) simulated hours, \(sum.steps) steps, \(sum.faults) faults of the network"
        }
    }
}

import ApusTesting
import Foundation
import SimulationScenarios
import Synchronization

/// Plays scenarios with many seeds, and makes the first failure small; `Tests/Simulation/run` calls it.
@main struct Runner {
    static func main() {
        let options: Options
        do {
            options = try Options(Array(CommandLine.arguments.dropFirst()))
        } catch {
            say("error: \(error)")
            exit(64)
        }
        if options.printsTraces { return printTraces(options) }
        let start = ContinuousClock.now
        let tally = Tally()
        for trial in options.trials { play(trial, options, tally) }
        say(
            "\(tally.summary) in \((ContinuousClock.now - start).formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1))))"
        )
        if tally.hasFailed { exit(1) }
    }

    /// The seeds are dealt to as many threads as there are cores.
    private static func play(_ trial: Trial, _ options: Options, _ tally: Tally) {
        let start = ContinuousClock.now
        let next = Mutex(options.firstSeed)
        let end = options.firstSeed + options.seeds
        let before = tally.seeds
        let hasFailed = Atomic(false)
        DispatchQueue.concurrentPerform(iterations: options.jobs) { _ in
            while !hasFailed.load(ordering: .relaxed) {
                let seed = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard seed < end else { return }
                do {
                    tally.count(try trial.run(seed))
                } catch {
                    // The first failure is enough: one thread makes it small.
                    if hasFailed.exchange(true, ordering: .relaxed) { return }
                    tally.fail()
                    return report(error, of: trial, seed)
                }
            }
        }
        let rate = Double(tally.seeds - before) / max(0.001, (ContinuousClock.now - start) / .seconds(1))
        say("\(trial.name): \(tally.seeds - before) seeds, \(Int(rate)) per second")
    }

    private static func report(_ error: any Error, of trial: Trial, _ seed: UInt64) {
        say("error: \(trial.name): \(error)")
        let script = trial.script(of: seed)
        let kept = trial.shortest(failing: seed)
        say("The shortest script that fails, \(kept.count) of \(script.count) actions:")
        for place in kept { say("  \(script[place])") }
        do { _ = try trial.run(seed, keeping: kept) } catch { say("It fails with: \(error)") }
        say("Again: Tests/Simulation/run --scenario \(trial.name) --from \(seed) --seeds 1")
    }

    /// Tells runs of two processes apart, which must be the same.
    private static func printTraces(_ options: Options) {
        for trial in options.trials {
            for seed in options.firstSeed..<options.firstSeed + options.seeds {
                let report = try? trial.run(seed)
                say("\(trial.name) \(seed) \(report?.traceHash ?? 0)")
            }
        }
    }

    /// Whoever reads through a pipe wants to see a failure when it is found.
    private static func say(_ line: String) {
        print(line)
        fflush(nil)
    }
}

import ApusTesting
import SimulationScenarios
import Testing

@Suite struct ScenarioTests {
    /// A few of the millions that `Tests/Simulation/run` plays.
    private static let seeds: ClosedRange<UInt64> = 1...200

    @Test(arguments: Trial.all) func `no seed breaks a rule`(trial: Trial) async throws {
        try await onOwnThread {
            for seed in Self.seeds { _ = try trial.run(seed) }
        }
    }

    @Test(arguments: Trial.all) func `the same seed gives the same run`(trial: Trial) async throws {
        try await onOwnThread {
            for seed in Self.seeds.prefix(5) {
                let (first, second) = (try trial.run(seed), try trial.run(seed))
                #expect(first == second)
            }
        }
    }
}

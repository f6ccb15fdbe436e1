import ApusTesting
import SimulationScenarios
import Testing

@Suite struct ScenarioTests {
    /// A few of the millions that `Tests/Simulation/run` plays.
    private static let seeds: ClosedRange<UInt64> = 1...100

    @Test(arguments: Trial.all) func `no seed breaks a rule`(trial: Trial) throws {
        for seed in Self.seeds { _ = try trial.run(seed) }
    }

    @Test(arguments: Trial.all) func `the same seed gives the same run`(trial: Trial) throws {
        for seed in Self.seeds.prefix(10) {
            #expect(try trial.run(seed) == trial.run(seed))
        }
    }
}

public import ApusTesting

/// One kind of life that a server may have: a script that a seed writes, and how it is played.
///
/// What an action does depends on itself and on the world alone, so that a script from which some are taken is still one that can be played.
protocol Scenario: Sendable {
    associatedtype Action: Sendable & CustomStringConvertible

    /// As `--scenario` has it.
    static var name: String { get }

    /// What is going to be done.
    static func script(by dice: inout SplitMix64) -> [Action]

    /// Plays a script; throws whatever must not be.
    static func play(_ script: [Action], in world: World) async throws
}

/// What must not be.
struct Violation: Error, CustomStringConvertible {
    let description: String
}

/// - Throws: `Violation` unless `condition` is true.
func expect(_ condition: Bool, _ expectation: @autoclosure () -> String) throws {
    if !condition { throw Violation(description: expectation()) }
}

/// A scenario whatever its actions are.
public struct Trial: Sendable {
    /// That of the scenario.
    public let name: String
    private let scriptOf: @Sendable (UInt64) -> [String]
    private let runOf: @Sendable (UInt64, [Int]?) throws -> SimulationReport

    init<S: Scenario>(_ scenario: S.Type) {
        name = S.name
        scriptOf = { seed in
            var dice = SplitMix64(seed: seed)
            return S.script(by: &dice).map(\.description)
        }
        runOf = { seed, kept in
            var dice = SplitMix64(seed: seed)
            let whole = S.script(by: &dice)
            let script = kept.map { $0.map { whole[$0] } } ?? whole
            return try Simulation(seed: seed) { world in try await S.play(script, in: world) }.run()
        }
    }

    /// The actions that `seed` has written, in words.
    public func script(of seed: UInt64) -> [String] { scriptOf(seed) }

    /// Plays what `seed` has written.
    ///
    /// - Parameter kept: the places of the actions that are played; nil for all.
    public func run(_ seed: UInt64, keeping kept: [Int]? = nil) throws -> SimulationReport { try runOf(seed, kept) }

    /// The shortest script found that still fails: actions are left out, many at once and then one by one, as long as it does.
    ///
    /// - Returns: the places of the actions that are left.
    public func shortest(failing seed: UInt64) -> [Int] {
        var kept = Array(script(of: seed).indices)
        var size = kept.count / 2
        while size > 0 {
            var start = 0
            while start < kept.count {
                let shorter = Array(kept[..<start] + kept[min(start + size, kept.count)...])
                if (try? run(seed, keeping: shorter)) == nil { kept = shorter } else { start += size }
            }
            size /= 2
        }
        return kept
    }
}

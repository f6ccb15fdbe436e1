import Foundation
import SimulationScenarios

/// What the command line asks for.
struct Options {
    var trials = Trial.all
    var firstSeed: UInt64 = 1
    var seeds: UInt64 = 1_000
    var jobs = ProcessInfo.processInfo.activeProcessorCount
    var printsTraces = false

    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            if option == "--traces" {
                printsTraces = true
                continue
            }
            guard let value = rest.popFirst() else { throw Mistake(description: "Expected a value after \(option).") }
            switch option {
            case "--scenario":
                trials = Trial.all.filter { $0.name == value }
                guard !trials.isEmpty else {
                    let names = Trial.all.map(\.name).joined(separator: ", ")
                    throw Mistake(description: "Expected a scenario out of \(names); found '\(value)'.")
                }
            case "--seeds": seeds = try Self.number(value, option)
            case "--from": firstSeed = try Self.number(value, option)
            case "--jobs": jobs = Int(try Self.number(value, option))
            default:
                throw Mistake(
                    description: "Expected --seeds, --from, --scenario, --jobs or --traces; found '\(option)'.")
            }
        }
    }

    private static func number(_ text: String, _ option: String) throws -> UInt64 {
        guard let number = UInt64(text.replacing("_", with: "")), number < .max / 2 else {
            throw Mistake(description: "Expected a number after \(option), found '\(text)'.")
        }
        return number
    }
}

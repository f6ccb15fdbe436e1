import FoundationEssentials

/// The options with which the process was launched: `--port 5000` on the command line, or `PORT=5000` in the environment.
public struct LaunchOptions: Sendable {
    private let arguments: [String]
    private let variables: [String: String]

    /// Those of this process.
    public static let current = LaunchOptions(
        arguments: CommandLine.arguments, variables: ProcessInfo.processInfo.environment)

    init(arguments: [String], variables: [String: String]) {
        self.arguments = arguments
        self.variables = variables
    }

    /// The value of `--name VALUE` or `--name=VALUE`; nil when it was not given.
    public subscript(name: String) -> String? {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" + name && index + 1 < arguments.count { return arguments[index + 1] }
            if argument.hasPrefix("--\(name)=") { return String(argument.dropFirst(name.count + 3)) }
        }
        return nil
    }

    func environment(_ name: String) -> String? { variables[name] }

    /// The port from `--port` or `PORT`, or else `port`.
    ///
    /// - Throws: `StartError` when it is not a number from 0 to 65535.
    public func port(default port: Int) throws -> Int {
        guard let text = self["port"] ?? variables["PORT"] else { return port }
        guard let number = Int(text), 0...65_535 ~= number else {
            throw StartError("Expected a port from 0 to 65535 behind --port or in PORT, found '\(text)'.")
        }
        return number
    }
}

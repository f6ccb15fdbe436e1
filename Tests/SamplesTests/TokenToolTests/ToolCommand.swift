import Foundation

/// A folder for one test, and the sample as a process of its own in it, beside which `openssl` makes files.
final class ToolCommand: Sendable {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "TokenTool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(path: name))
        return path(name)
    }

    /// Runs the sample, which lies beside the program that runs the tests.
    func run(_ arguments: [String], passphrase: String? = nil) async throws -> Result {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let tool = URL(filePath: tests).deletingLastPathComponent().appending(path: "TokenTool")
        var environment = ProcessInfo.processInfo.environment
        environment["TOKENTOOL_PASSPHRASE"] = passphrase
        return try await run(tool, arguments, environment)
    }

    /// Runs `openssl` in the folder, which has to succeed.
    func openssl(_ arguments: String...) async throws {
        let result = try await run(
            URL(filePath: "/usr/bin/env"), ["openssl"] + arguments, ProcessInfo.processInfo.environment)
        guard result.status == 0 else { throw Failure(description: result.errors) }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Waits without blocking a thread of the pool.
    private func run(_ program: URL, _ arguments: [String], _ environment: [String: String]) async throws -> Result {
        let names = ["output-\(UUID().uuidString)", "errors-\(UUID().uuidString)"]
        for name in names { try write("", to: name) }
        let files = try names.map { try FileHandle(forWritingTo: folder.appending(path: $0)) }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = folder
        (process.standardOutput, process.standardError) = (files[0], files[1])
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        for file in files { try file.close() }
        let texts = try names.map { try String(contentsOfFile: path($0), encoding: .utf8) }
        return Result(status: status, output: texts[0], errors: texts[1])
    }
}

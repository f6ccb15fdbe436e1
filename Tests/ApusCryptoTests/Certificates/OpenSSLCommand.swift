import Foundation

/// A folder for one test, and the `openssl` command in it: the other implementation that the tests compare with.
final class OpenSSLCommand: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String {
        folder.appending(path: name).path
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        return path(name)
    }

    /// Runs the command in the folder and gives what it printed; the waiting blocks no thread of the pool.
    @discardableResult
    func run(_ arguments: String...) async throws -> String { try await run(arguments) }

    @discardableResult
    func run(_ arguments: [String]) async throws -> String {
        let output = path("output-\(UUID().uuidString)")
        try Data().write(to: URL(filePath: output))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        let file = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardOutput = file
        process.standardError = file
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
        try file.close()
        let text = try String(contentsOfFile: output, encoding: .utf8)
        guard status == 0 else { throw Failure(description: text) }
        return text
    }

    /// Makes a key and a certificate for it that is valid from now for `days`.
    func makeIdentity(
        _ name: String, key: String = "EC", option: String = "ec_paramgen_curve:P-256", days: Int = 1
    ) async throws -> (certificate: String, privateKey: String) {
        try await run("genpkey", "-algorithm", key, "-pkeyopt", option, "-out", "\(name).key")
        try await run(
            "req", "-x509", "-new", "-key", "\(name).key", "-out", "\(name).pem", "-days", "\(days)", "-subj",
            "/O=Apus/CN=\(name)")
        return (path("\(name).pem"), path("\(name).key"))
    }
}

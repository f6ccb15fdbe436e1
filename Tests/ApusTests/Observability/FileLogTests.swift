import Foundation
import Testing

@testable import Apus

/// A log in a file, which others may rename and disks may refuse.
@Suite struct FileLogTests {
    /// A directory that is removed at the end.
    private final class Directory {
        let path = NSTemporaryDirectory() + "apus-log-" + UUID().uuidString

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func lines(of name: String) throws -> [Substring] {
            try String(contentsOfFile: path + "/" + name, encoding: .utf8).split(separator: "\n")
        }
    }

    @Test func `appends a line for each record, to what is there`() throws {
        let directory = try Directory()
        let path = directory.path + "/a.log"
        try "earlier\n".write(toFile: path, atomically: true, encoding: .utf8)
        let logger = Logger(label: "Birds", destination: try FileLog(path: path))
        logger.log(.notice, "First", ["count": 2, "token": "abc"])
        logger.log(.debug, "Unheard")
        logger.log(.error, "Second\nline")
        let lines = try directory.lines(of: "a.log")
        #expect(lines.count == 3 && lines[0] == "earlier")
        #expect(lines[1].hasSuffix("NOTICE [Birds] First count=2 token=[redacted]"))
        #expect(lines[2].hasSuffix("ERROR [Birds] Second\\u{a}line"))
    }

    @Test func `a file that is made is for its owner and group alone`() throws {
        let directory = try Directory()
        let path = directory.path + "/b.log"
        _ = try FileLog(path: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect((mode ?? 0o777) & 0o137 == 0)
    }

    @Test func `a file that was renamed is made anew`() throws {
        let directory = try Directory()
        let path = directory.path + "/c.log"
        let logger = Logger(label: "x", destination: try FileLog(path: path, checkInterval: .zero))
        logger.log(.info, "before")
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        logger.log(.info, "after")
        let (old, new) = (try directory.lines(of: "c.log.1"), try directory.lines(of: "c.log"))
        #expect(old.count == 1 && old[0].hasSuffix("before") && new.count == 1 && new[0].hasSuffix("after"))
    }

    /// Each write to `/dev/full` fails as on a full disk (full(4)).
    @Test func `a disk that takes nothing loses lines and no more`() throws {
        let logger = Logger(label: "x", destination: try FileLog(path: "/dev/full"))
        for _ in 0..<3 { logger.log(.error, "lost") }
    }

    @Test func `how many lines were lost is said when the disk takes some again`() throws {
        let directory = try Directory()
        let path = directory.path + "/d.log"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
        let logger = Logger(label: "x", destination: try FileLog(path: path, checkInterval: .zero))
        for _ in 0..<3 { logger.log(.error, "lost") }
        try FileManager.default.removeItem(atPath: path)
        logger.log(.error, "found")
        let lines = try directory.lines(of: "d.log")
        #expect(lines.count == 2 && lines[1].hasSuffix("found"))
        #expect(lines[0].hasSuffix("Lines of this log were lost lines=3"))
    }

    @Test func `a file that cannot be opened is named`() {
        let error = #expect(throws: StartError.self) { try FileLog(path: "/nowhere/x.log") }
        #expect(
            error?.description.contains("'/nowhere/x.log'") == true
                && error?.description.contains("No such file") == true)
    }

    @Test func `a combined log writes everywhere`() {
        let (first, second) = (CollectedLog(), CollectedLog())
        Logger(label: "x", destination: CombinedLog(first, second)).log(.info, "both")
        #expect(first.records.map(\.message) == ["both"] && second.records.map(\.message) == ["both"])
    }
}

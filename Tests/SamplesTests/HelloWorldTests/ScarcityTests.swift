import Foundation
import Glibc
import Testing

/// The sample as a process of its own that runs out of what it needs, and recovers.
@Suite(.timeLimit(.minutes(1))) struct ScarcityTests {
    /// The sample with few descriptors, and the pipes of its output.
    private final class Child {
        let process = Process()
        let output = Pipe()
        let log = Pipe()
        let port: UInt16

        init(descriptors: Int) throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let sample = URL(filePath: tests).deletingLastPathComponent().appending(path: "HelloWorld")
            process.executableURL = URL(filePath: "/bin/bash")
            process.arguments = ["-c", "ulimit -n \(descriptors); exec \"$0\" --port 0", sample.path]
            (process.standardOutput, process.standardError) = (output, log)
            try process.run()
            let greeting = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            let port = greeting.split(separator: ":").last.map { $0.prefix { $0.isNumber } }
            self.port = try #require(port.flatMap { UInt16($0) }, "no greeting, but '\(greeting)'")
        }

        /// Ticks of the processor, of which a second has 100.
        var processorTicks: Int {
            get throws {
                let stat = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
                let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
                return try #require(Int(fields[11])) + #require(Int(fields[12]))
            }
        }

        func connect() throws -> Int32 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var limit = timeval(tv_sec: 10, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let status = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            try #require(descriptor >= 0 && status == 0, "errno \(errno)")
            return descriptor
        }

        /// The status line of the answer to a request; empty when none comes within 10 s.
        func status(on descriptor: Int32) -> String {
            let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
            _ = send(descriptor, request, request.utf8.count, Int32(MSG_NOSIGNAL))
            var octets = [UInt8](repeating: 0, count: 1_024)
            let count = recv(descriptor, &octets, octets.count, 0)
            return String(decoding: octets.prefix(max(0, count)).prefix { $0 != 0x0D }, as: UTF8.self)
        }
    }

    @Test func `without descriptors it serves whom it has, does not spin, and goes on when there are some`() throws {
        let child = try Child(descriptors: 96)
        let first = try child.connect()
        #expect(child.status(on: first) == "HTTP/1.1 200 OK")
        // Nobody reads the log any more either.
        try child.log.fileHandleForReading.close()
        let others = try (0..<150).map { _ in try child.connect() }
        #expect(child.status(on: first) == "HTTP/1.1 200 OK")

        let before = try child.processorTicks
        usleep(500_000)
        let spent = try child.processorTicks - before
        #expect(spent < 15, "a server that cannot accept took \(spent) of 50 ticks")

        #expect(child.status(on: first) == "HTTP/1.1 200 OK")
        for other in others.prefix(100) { close(other) }
        // It was in the queue, behind those that took the last descriptors.
        #expect(others.last.map { child.status(on: $0) } == "HTTP/1.1 200 OK")
        for descriptor in [first] + others.dropFirst(100) { close(descriptor) }
        child.process.terminate()
        child.process.waitUntilExit()
        #expect(child.process.terminationReason == .exit && child.process.terminationStatus == 0)
    }
}

import ApusTransport
import Foundation
import Glibc
import Testing

@testable import Apus

/// What a service manager is told (sd_notify(3)).
@Suite(.timeLimit(.minutes(1))) struct ServiceManagerTests {
    /// The manager's side: a datagram socket.
    private final class ManagerSocket {
        private let path: String
        let name: String
        private let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)

        init(isAbstract: Bool) throws {
            let path = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString)").path
            self.path = path
            name = isAbstract ? "@" + path.dropFirst() : path
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { field in
                field.copyBytes(from: path.utf8)
                if isAbstract { field[0] = 0 }
            }
            let size = socklen_t(2 + path.utf8.count + (isAbstract ? 0 : 1))
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { [descriptor] in bind(descriptor, $0, size) }
            }
            try #require(result == 0)
        }

        deinit {
            close(descriptor)
            unlink(path)
        }

        /// The message that has come; nil when there is none.
        func next() -> String? {
            var buffer = [UInt8](repeating: 0, count: 1_000)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }

    @Test(arguments: [false, true])
    func `is told when the server is ready, reloads and stops`(isAbstract: Bool) throws {
        let socket = try ManagerSocket(isAbstract: isAbstract)
        let manager = ServiceManager { $0 == "NOTIFY_SOCKET" ? socket.name : nil }
        manager.ready()
        #expect(socket.next() == "READY=1")
        manager.reloading()
        let lines = socket.next()?.split(separator: "\n") ?? []
        #expect(lines.first == "RELOADING=1")
        let time = lines.last.flatMap { $0.hasPrefix("MONOTONIC_USEC=") ? UInt64($0.dropFirst(15)) : nil }
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        #expect(try #require(time) / 1_000_000 <= UInt64(now.tv_sec))
        manager.stopping()
        #expect(socket.next() == "STOPPING=1")
        #expect(socket.next() == nil)
    }

    @Test func `gets signs of life if it wants them from this process`() throws {
        let socket = try ManagerSocket(isAbstract: false)
        var variables = ["NOTIFY_SOCKET": socket.name]
        #expect(ServiceManager { variables[$0] }.watchdog(over: []).isEmpty)
        variables["WATCHDOG_USEC"] = "20000"
        #expect(ServiceManager { variables[$0] }.watchdog(over: []).count == 1)
        variables["WATCHDOG_PID"] = "1"
        #expect(ServiceManager { variables[$0] }.watchdog(over: []).isEmpty)
        variables["WATCHDOG_PID"] = "\(getpid())"
        #expect(ServiceManager { variables[$0] }.watchdog(over: []).count == 1)
        variables["WATCHDOG_USEC"] = "0"
        #expect(ServiceManager { variables[$0] }.watchdog(over: []).isEmpty)
    }

    @Test(arguments: ["", "@", "relative", "/nonexistent/socket", "/" + String(repeating: "x", count: 200)])
    func `a manager that cannot be reached is no error`(path: String) {
        ServiceManager { $0 == "NOTIFY_SOCKET" ? path : nil }.ready()
    }
}

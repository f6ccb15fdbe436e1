import Apus
import CHeap
import Glibc

/// How much of the heap a connection costs that has made one request and stays open.
enum IdleConnections {
    /// In octets; the runtime's part, which is a task with its first memory for frames, is 1,456 of it.
    static let allowed = 2_048

    /// Few enough for the 1,024 descriptors that a process usually has: both ends are here.
    private static let count = 400

    /// - Returns: what was wrong; nil when a connection costs no more than it may.
    static func measure() async throws -> String? {
        var server = Server("Idle connections") {
            Endpoint(port: 0)
        } routes: {
            Get("/plaintext") { _ in "Hello, World!" }
            Get("/json") { _ in JSON(["message": "Hello, World!"]) }
        }
        server.logger.level = .error
        return try await server.withRunning { running in
            let port = UInt16(running.endpoints[0].port ?? 0)
            var open: [Int32] = []
            defer { for descriptor in open { close(descriptor) } }
            // What the first connections cost once only is not counted.
            for path in ["/plaintext", "/json"] { open.append(try ask(port, path)) }
            let before = Int(cheap_allocated_octets())
            for index in 0..<count { open.append(try ask(port, index.isMultiple(of: 2) ? "/plaintext" : "/json")) }
            let each = (Int(cheap_allocated_octets()) - before) / count
            print(each <= allowed ? "ok  " : "FAIL", "an idle connection costs", each, "octets of the heap")
            return each <= allowed ? nil : "an idle connection costs \(each) octets of the heap, more than \(allowed)"
        }
    }

    /// A connection that has had its answer.
    private static func ask(_ port: UInt16, _ path: String) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure.socket(errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failure.socket(errno) }
        let request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"
        guard write(descriptor, request, request.utf8.count) == request.utf8.count else { throw Failure.socket(errno) }
        var answer = [UInt8](repeating: 0, count: 1_024)
        // A head and content this short leave in one system call, and arrive at once over loopback.
        let received = read(descriptor, &answer, answer.count)
        guard received > 0, answer.starts(with: "HTTP/1.1 200 OK\r\n".utf8) else { throw Failure.answer(received) }
        return descriptor
    }

    enum Failure: Error {
        case socket(Int32)
        case answer(Int)
    }
}

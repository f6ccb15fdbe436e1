import Apus
import ApusTesting
import Synchronization

/// Clients that send faster than handlers read, and handlers that send faster than clients read.
///
/// What lies between the two is bounded, however much is under way: the network's window, and what the limits let a server hold.
enum Backpressure: Scenario {
    static let name = "backpressure"

    enum Action: Sendable, CustomStringConvertible {
        case upload(octets: Int, isChunked: Bool, pause: Duration)
        case download(octets: Int, pause: Duration)

        var description: String {
            switch self {
            case .upload(let octets, let isChunked, let pause):
                "upload of \(octets) octets\(isChunked ? " in chunks" : ""), read every \(pause)"
            case .download(let octets, let pause): "download of \(octets) octets, read every \(pause)"
            }
        }
    }

    private static let window = 16_384
    /// What one read of a server's socket brings at most.
    private static let read = 65_536
    private static let unsentOctets = 8_192
    private static let piece = 4_096

    static func script(by dice: inout SplitMix64) -> [Action] {
        (0..<dice.number(in: 1...3)).map { _ in
            let octets = dice.number(in: 1...150_000)
            let pause = Duration.microseconds(dice.number(in: 0...20_000))
            return dice.happens(0.5)
                ? .upload(octets: octets, isChunked: dice.happens(0.5), pause: pause)
                : .download(octets: octets, pause: pause)
        }
    }

    static func play(_ script: [Action], in world: World) async throws {
        world.weather.window = 1_024...window
        world.weather.bandwidth = 10_000_000...100_000_000
        let gauge = Gauge()
        var server = Server("Canal") {
            Post("/upload/{number}/{pause}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                let pause = Duration.microseconds(try request.parameters.require("pause", as: Int.self))
                var count = 0
                for try await chunk in request.body {
                    count += chunk.count
                    gauge.took(chunk.count, number)
                    if world.happens(0.2) { try await world.sleep(for: pause) }
                }
                return "\(count)"
            }
            Get("/download/{number}/{size}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                let size = try request.parameters.require("size", as: Int.self)
                return Response(streaming: { writer in
                    var rest = size
                    while rest > 0 {
                        let piece = [UInt8](repeating: 0x61, count: min(rest, piece))
                        try await writer.write(piece)
                        rest -= piece.count
                        gauge.gave(piece.count, number)
                    }
                })
            }
        }
        server.limits.content = 2_000_000
        server.limits.unsentOctets = unsentOctets
        try await world.test(server) { client in
            try await withThrowingTaskGroup(of: Void.self) { clients in
                for (number, action) in script.enumerated() {
                    clients.addTask { try await perform(action, number, with: client, gauge, in: world) }
                }
                try await clients.waitForAll()
            }
        }
    }

    private static func perform(
        _ action: Action, _ number: Int, with client: TestClient, _ gauge: Gauge, in world: World
    ) async throws {
        try await client.connect { connection in
            switch action {
            case .upload(let octets, let isChunked, let pause):
                let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(octets)"
                try await connection.send(
                    "POST /upload/\(number)/\(pause.microseconds) HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n")
                var rest = octets
                while rest > 0 {
                    let size = min(rest, world.random(in: 1...piece))
                    rest -= size
                    let content = [UInt8](repeating: 0x62, count: size)
                    let chunk =
                        isChunked
                        ? Array("\(String(size, radix: 16))\r\n".utf8) + content + Array("\r\n".utf8) : content
                    try await connection.send(chunk)
                    gauge.gave(size, number)
                    // The client's own piece is on neither side while it is sent.
                    try gauge.check(number, atMost: window + read + piece, "upload")
                }
                if isChunked { try await connection.send("0\r\n\r\n") }
                let answer = try await connection.receiveResponse(to: .post)
                try expect(answer.text == "\(octets)", "upload \(number): found \(answer.text.prefix(80))")
            case .download(let octets, let pause):
                try await connection.send("GET /download/\(number)/\(octets) HTTP/1.1\r\nHost: x\r\n\r\n")
                // Chunked: the parser keeps what has come, so that only what nobody has asked for counts as under way.
                while true {
                    try await world.sleep(for: pause)
                    try gauge.check(number, atMost: window + read + unsentOctets + 2 * piece, "download")
                    let head = try await connection.receive(through: "\r\n")
                    // CRLF is one character.
                    guard let size = Int(head.dropLast(), radix: 16) else { continue }
                    if size == 0 { return }
                    gauge.took(size, number)
                    let content = try await connection.receive(through: "\r\n")
                    try expect(content.utf8.count == size + 2, "download \(number): found a chunk of another size")
                }
            }
        }
    }
}

/// How much of each transfer has been given to one side and not been taken from the other.
private final class Gauge: Sendable {
    private let levels = Mutex<[Int: Int]>([:])

    func gave(_ octets: Int, _ number: Int) { levels.withLock { $0[number, default: 0] += octets } }

    func took(_ octets: Int, _ number: Int) { levels.withLock { $0[number, default: 0] -= octets } }

    func check(_ number: Int, atMost limit: Int, _ what: String) throws {
        let level = levels.withLock { $0[number, default: 0] }
        try expect(
            level <= limit, "\(what) \(number): found \(level) octets between the two sides, expected at most \(limit)")
    }
}

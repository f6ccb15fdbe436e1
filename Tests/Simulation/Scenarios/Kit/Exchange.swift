import Apus
import ApusTesting

/// One request of a client that behaves, and what must come back for it.
struct Exchange: Sendable, CustomStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        /// An answer that is there at once.
        case text
        /// The content comes back when all of it has come.
        case echo
        /// The handler reads the content piece by piece and says how much it was.
        case read
        /// Content that is made while it is sent.
        case stream
        /// The handler takes its time.
        case slow
        /// The handler leaves the content unread.
        case ignore
        /// The handler throws.
        case fail
    }

    /// No other request of the simulation has it.
    let number: Int
    let kind: Kind
    /// Octets of content, of the request or of the response.
    let size: Int
    let isChunked: Bool
    let expectsContinue: Bool
    /// How long the handler sleeps, in all or between two pieces.
    let pause: Duration

    init(_ number: Int, by dice: inout SplitMix64, kinds: [Kind] = Kind.allCases) {
        self.number = number
        kind = kinds[dice.number(in: 0...kinds.count - 1)]
        let isLarge = dice.happens(0.2)
        isChunked = dice.happens(0.5)
        // What a handler leaves unread costs the connection when it is much, or was only promised.
        size = dice.number(in: 0...(isLarge && kind != .ignore ? 200_000 : 2_000))
        expectsContinue = dice.happens(0.1) && kind != .ignore
        pause = .microseconds(dice.number(in: 0...20_000))
    }

    var description: String {
        switch kind {
        case .text, .fail: "\(kind.rawValue) \(number)"
        case .slow: "slow \(number) for \(pause)"
        default: "\(kind.rawValue) \(number) with \(size) octets\(hasContent && isChunked ? " in chunks" : "")"
        }
    }

    var hasContent: Bool { [.echo, .read, .ignore].contains(kind) }

    /// The content that belongs to a number: no two look alike.
    static func content(of number: Int, _ count: Int) -> [UInt8] {
        var generator = SplitMix64(seed: UInt64(number))
        return generator.octets(count)
    }

    /// As it goes over the wire.
    func octets(by world: World) -> [UInt8] {
        guard hasContent else {
            let path =
                switch kind {
                case .stream: "/stream/\(number)/\(size)"
                case .slow: "/slow/\(number)/\(pause.microseconds)"
                default: "/\(kind.rawValue)/\(number)"
                }
            return Array("GET \(path) HTTP/1.1\r\nHost: harbour\r\n\r\n".utf8)
        }
        let path = kind == .read ? "/read/\(number)/\(pause.microseconds)" : "/\(kind.rawValue)/\(number)"
        let expectation = expectsContinue ? "Expect: 100-continue\r\n" : ""
        var octets = Array("POST \(path) HTTP/1.1\r\nHost: harbour\r\n\(expectation)".utf8)
        let content = Self.content(of: number, size)
        guard isChunked else { return octets + "Content-Length: \(size)\r\n\r\n".utf8 + content }
        octets += "Transfer-Encoding: chunked\r\n\r\n".utf8
        var rest = content[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(world.random(in: 1...max(1, size / 3)))
            rest = rest.dropFirst(chunk.count)
            octets += "\(String(chunk.count, radix: 16))\(world.happens(0.1) ? ";a=b" : "")\r\n".utf8
            octets += chunk
            octets += "\r\n".utf8
        }
        return octets + (world.happens(0.1) ? "0\r\nX-Trailer: yes\r\n\r\n" : "0\r\n\r\n").utf8
    }

    /// - Throws: `Violation` when it is not what this request is answered with.
    func check(_ response: TestResponse) throws {
        switch kind {
        case .text, .slow:
            try expect(response.text == "\(kind.rawValue) \(number)", "\(self): found \(response.text.prefix(80))")
        case .echo:
            try expect(response.octets == Self.content(of: number, size), "\(self): found other content")
        case .read: try expect(response.text == "\(number): \(size)", "\(self): found \(response.text.prefix(80))")
        case .stream:
            try expect(response.octets == Self.content(of: number, size), "\(self): found other content")
        case .ignore: try expect(response.status == .noContent, "\(self): found \(response.status)")
        case .fail:
            try expect(
                response.status == .conflict && response.text.contains("number \(number)"),
                "\(self): found \(response.text.prefix(80))")
        }
    }
}

extension Duration {
    var microseconds: Int { Int(self / .microseconds(1)) }
}

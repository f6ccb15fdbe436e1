import Apus
import ApusTesting

/// Vandals beside clients that behave: damaged, cut off and senseless requests.
///
/// Nothing that vandals send changes what the others get, and whatever they get themselves is a response.
enum BrokenTraffic: Scenario {
    static let name = "broken-traffic"

    enum Action: Sendable, CustomStringConvertible {
        case session(Session)
        case vandal(Vandal)

        var description: String {
            switch self {
            case .session(let session): session.description
            case .vandal(let vandal): vandal.description
            }
        }
    }

    static func script(by dice: inout SplitMix64) -> [Action] {
        (0..<dice.number(in: 2...8)).map { index in
            dice.happens(0.6)
                ? .vandal(Vandal(by: &dice))
                : .session(Session(firstNumber: index * Session.maximumExchanges, by: &dice))
        }
    }

    static func play(_ script: [Action], in world: World) async throws {
        let ledger = Ledger()
        var server = Harbour.server(in: world, ledger)
        server.limits.headDeadline = .seconds(2)
        server.limits.contentPause = .seconds(2)
        server.limits.idleDeadline = .seconds(2)
        try await world.test(server) { client in
            try await withThrowingTaskGroup(of: Void.self) { clients in
                for action in script {
                    clients.addTask {
                        switch action {
                        case .session(let session): try await session.play(with: client, in: world, mayBreak: false)
                        case .vandal(let vandal): try await vandal.play(with: client, in: world)
                        }
                    }
                }
                try await clients.waitForAll()
            }
        }
        try ledger.check(atEnd: true)
    }
}

/// A client that sends what is no request, or only almost.
struct Vandal: Sendable, CustomStringConvertible {
    private let start: Duration
    private let octets: [UInt8]
    private let closesSending: Bool

    var description: String {
        "vandal at \(start): \(String(reflecting: String(decoding: octets, as: UTF8.self)))\(closesSending ? ", end" : "")"
    }

    private static let requests = [
        "GET /any HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nHello",
        "POST /any HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n\r\n",
        "POST /any HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nHi",
        "GET /any HTTP/1.0\r\n\r\n",
        "GET /any HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ]

    /// What breaks parsers more often than other octets do.
    private static let favourites = Array("\r\n :;,=/%\u{0}09aAfF\t".utf8) + [0x80, 0xFF]

    init(by dice: inout SplitMix64) {
        start = .microseconds(dice.number(in: 0...20_000))
        var octets: [UInt8] = []
        for _ in 0..<dice.number(in: 1...4) {
            octets += Self.requests[dice.number(in: 0...Self.requests.count - 1)].utf8
        }
        for _ in 0..<dice.number(in: 0...3) {
            let place = dice.number(in: 0...octets.count - 1)
            let octet = Self.favourites[dice.number(in: 0...Self.favourites.count - 1)]
            switch dice.number(in: 0...3) {
            case 0: octets[place] = octet
            case 1: octets.insert(octet, at: place)
            case 2: octets.remove(at: place)
            default: octets.replaceSubrange(place..<min(octets.count, place + 4), with: [octet, octet])
            }
        }
        if dice.happens(0.3) { octets.removeLast(dice.number(in: 0...octets.count)) }
        self.octets = octets
        closesSending = dice.happens(0.5)
    }

    func play(with client: TestClient, in world: World) async throws {
        try await world.sleep(for: start)
        do {
            try await client.connect { connection in
                try await Session.send(octets, over: connection, in: world)
                if closesSending { await connection.closeSending() }
                while true {
                    let response = try await connection.receiveResponse()
                    try expect(
                        response.status.code < 500 || [501, 505].contains(response.status.code),
                        "\(self): found \(response.status)")
                }
            }
        } catch let error as TestClientError {
            try expect(!error.description.contains("RFC"), "\(self): \(error)")
            try expect(!error.description.contains("time limit"), "\(self): was left waiting: \(error)")
        }
    }
}

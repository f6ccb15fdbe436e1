import Apus
import ApusTesting
import Synchronization
import Testing

@testable import KeyRotation

@Suite(.timeLimit(.minutes(3))) struct KeyRotationTests {
    /// Two rotations in about nine seconds of real time, during which everybody uses tokens all the time.
    ///
    /// A key is published two seconds before it signs, and the partner looks once a second: so a busy machine may be late by one.
    @Test func `keys rotate, and no request fails`() async throws {
        let rotations = Rotations()
        var server = try KeyRotation.server(
            every: .seconds(4), port: 0, logger: Logger(label: "test", destination: rotations))
        server.eventLoops = 2
        try await server.withRunning { running in
            try await running.test { client in
                var kids: Set<String> = []
                var first: String?
                while rotations.seenByPartner < 3 || kids.count < 3 {
                    let token = try await client.get("/token/new").text
                    first = first ?? token
                    for token in [token, first ?? token] {
                        let hello = try await client.get("/hello", .bearer(token))
                        try #require(hello.status == .ok)
                        kids.insert(hello.text)
                    }
                }
                let published = try await client.get("/.well-known/jwks.json")
                #expect(try JWKSet(json: published.text).keys.count >= 3)
            }
        }
        #expect(rotations.failures == [])
    }
}

/// Counts what the sample logs.
private final class Rotations: LogDestination {
    private let records = Mutex<[LogRecord]>([])

    var seenByPartner: Int {
        records.withLock { records in records.count { $0.message == "The partner sees a new key sign" } }
    }

    var failures: [String] {
        records.withLock { records in records.filter { $0.level >= .warning }.map(\.message) }
    }

    func write(_ record: LogRecord) {
        records.withLock { $0.append(record) }
    }
}

import Testing

@testable import Apus

@Suite struct LimitsTests {
    static let durations: [(Duration, UInt64)] = [
        (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(1_500), 1_500_000_000), (.seconds(-1), 0),
        (.nanoseconds(-1), 0),
        (.seconds(Int64.max), UInt64(Int64.max)),
    ]

    @Test(arguments: durations)
    func `durations become nanoseconds, and never overflow`(duration: Duration, nanoseconds: UInt64) {
        #expect(duration.nanoseconds == nanoseconds)
    }

    /// SECURITY, part B.
    @Test func `the defaults are safe`() {
        let limits = Limits()
        #expect(limits.decoding.fieldCount == 100 && limits.decoding.fieldSectionBytes == 32_768)
        #expect(limits.decoding.requestLine == 8_192 && limits.headDeadline == .seconds(30))
        #expect(limits.discardedOctets == 65_536 && limits.content == 1_048_576 && limits.connections == 65_536)
        let deadlines = [limits.idleDeadline, limits.contentPause, limits.writeStall, limits.shutdownGrace]
        #expect(deadlines.allSatisfy { $0 > .zero && $0 <= .seconds(120) })
        #expect(limits.minimumContentRate == 240 && limits.contentRateGrace == .seconds(5))
        #expect(limits.handshakeDeadline == .seconds(10) && limits.handlerDeadline == .seconds(60))
        #expect(limits.connectionsPerAddress == 16_384 && limits.pipelinedRequests == 64)
        #expect(throws: Never.self) { try limits.check() }
    }

    @Test func `a server that may serve nothing does not start`() async throws {
        let counts = [
            \Limits.connections, \.connectionsPerAddress, \.requestsPerConnection, \.pipelinedRequests, \.unsentOctets,
        ]
        for limit in counts {
            var server = Server.logging { Get("/") { _ in "served" } }
            server.limits[keyPath: limit] = 0
            let unable = server
            let error = await #expect(throws: StartError.self) { try await unable.withRunning { _ in } }
            #expect(error?.description.contains("Expected 1 or more for Limits.") == true)
        }
    }

    @Test func `a server that gives no time does not start`() {
        let durations = [
            \Limits.handshakeDeadline, \.headDeadline, \.idleDeadline, \.contentPause, \.writeStall,
        ]
        for limit in durations {
            var limits = Limits()
            limits[keyPath: limit] = .zero
            let wrong = limits
            #expect(throws: StartError.self) { try wrong.check() }
        }
    }

    @Test func `less than nothing is refused, and nothing where it makes sense is not`() throws {
        var limits = Limits()
        (limits.content, limits.discardedOctets, limits.minimumContentRate) = (0, 0, 0)
        (limits.contentRateGrace, limits.shutdownGrace, limits.handlerDeadline) = (.zero, .zero, nil)
        try limits.check()
        for limit in [\Limits.content, \.discardedOctets, \.minimumContentRate] {
            var wrong = limits
            wrong[keyPath: limit] = -1
            #expect(throws: StartError.self) { try wrong.check() }
        }
        limits.handlerDeadline = .zero
        #expect(throws: StartError.self) { try limits.check() }
    }
}

import Apus
import ApusTesting
import Testing

@testable import Benchmark

@Suite struct BenchmarkTests {
    @Test(arguments: TestTransport.all)
    func `answers what benchmarks ask for`(transport: TestTransport) async throws {
        try await Benchmark.server.test(over: transport) { client in
            let plain = try await client.get("/plaintext")
            #expect(plain.text == "Hello, World!" && plain.headers[.contentType] == "text/plain; charset=utf-8")
            let json = try await client.get("/json")
            #expect(json.text == #"{"message":"Hello, World!"}"#)
            #expect(json.headers[.contentType] == "application/json; charset=utf-8")
            let user = try await client.get("/users/42")
            #expect(user.text == "42")
        }
    }

    @Test(arguments: TestTransport.all, [0, 1, 1_024, 100_000])
    func `echoes content of any size`(transport: TestTransport, size: Int) async throws {
        try await Benchmark.server.test(over: transport) { client in
            let octets = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let whole = try await client.post("/echo", body: .octets(octets))
            #expect(whole.octets == octets)
            let chunks = [Array(octets.prefix(size / 3)), Array(octets.dropFirst(size / 3))]
            let inChunks = try await client.post("/echo", body: .chunked(chunks))
            #expect(inChunks.octets == octets)
        }
    }

    @Test(arguments: TestTransport.all)
    func `issues and accepts tokens`(transport: TestTransport) async throws {
        try await Benchmark.server.test(over: transport) { client in
            let issued = try await client.get("/token/new", .basic("admin", "password"))
            let hello = try await client.get("/secure/jwt/hello", .bearer(issued.json["access_token"]))
            #expect(hello.status == .ok && hello.text == "JWT Hello admin")
        }
    }
}

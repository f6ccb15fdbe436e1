import Apus
import ApusJOSE
import ApusTesting

/// Fetches the keys over the simulated network, without TLS, and keeps a journal.
struct SimulatedFetcher: KeySetFetcher {
    let publisher: KeyPublisher
    let journal: FetchJournal
    let client: TestClient
    let world: World

    struct Unreachable: Error {}

    func fetch(_ request: KeySetRequest) async throws -> KeySetAnswer {
        // Where the keys are is always known here: only they are fetched.
        if request.url.hasSuffix("openid-configuration") {
            let metadata: JSONValue = ["issuer": "https://login.example", "jwks_uri": "https://login.example/jwks"]
            return KeySetAnswer(status: 200, body: metadata.serialized())
        }
        let place = journal.begin(at: world.now)
        do {
            let response = try await response(to: request)
            let keys = response.headers[KeyPublisher.contents].map { $0.split(separator: " ").compactMap { Int($0) } }
            let age = response.headers[.cacheControl].flatMap { Int($0.dropFirst("max-age=".count)) }
            journal.end(place, at: world.now, keys: keys, maximumAge: age.map { .seconds($0) })
            return KeySetAnswer(
                status: response.status.code, body: response.octets, entityTag: response.headers[.etag],
                maximumAge: age.map { .seconds($0) })
        } catch {
            journal.end(place, at: world.now, keys: nil, maximumAge: nil)
            throw error
        }
    }

    private func response(to request: KeySetRequest) async throws -> TestResponse {
        switch publisher.mood {
        case .refused:
            try await world.sleep(for: .milliseconds(world.random(in: 0...100)))
            throw Unreachable()
        case .reset:
            return try await client.connect { connection in
                try await connection.send("GET /jwks HTTP/1.1\r\nHost: login.example\r\n")
                try await world.sleep(for: .milliseconds(world.random(in: 0...100)))
                await connection.reset()
                throw Unreachable()
            }
        default:
            guard let tag = request.entityTag else { return try await client.get("/jwks") }
            return try await client.get("/jwks", headers: ["If-None-Match": tag])
        }
    }
}

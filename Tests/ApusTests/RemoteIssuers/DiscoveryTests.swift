import Foundation
import Testing

@testable import Apus

/// Where an issuer's keys are is asked, kept and asked again.
@Suite struct DiscoveryTests {
    private let now = Shared(Date(timeIntervalSince1970: 1_700_000_000))

    private func fetcher(_ other: OtherService) -> DiscoveringFetcher {
        let now = now
        return DiscoveringFetcher(
            issuer: OtherService.issuer, allowInsecureHTTP: false, limits: RemoteKeySet.Limits(), fetcher: other,
            clock: { now.value })
    }

    private func advance(_ seconds: Double) {
        now.change { $0 += seconds }
    }

    private func fetch(_ fetcher: DiscoveringFetcher, tag: String? = nil) async throws -> KeySetAnswer {
        try await fetcher.fetch(KeySetRequest(url: OtherService.issuer, entityTag: tag))
    }

    @Test func `an issuer of OAuth 2.0 is found in its own place`() async throws {
        let other = try OtherService()
        other.place(nil, at: OtherService.openID)
        other.place(OtherService.metadata(), at: OtherService.oauth)
        let answer = try await fetch(fetcher(other))
        #expect(answer.status == 200)
        #expect(other.requests.map(\.url) == [OtherService.openID, OtherService.oauth, OtherService.keySet])
    }

    @Test func `no metadata anywhere is a failure`() async throws {
        let other = try OtherService()
        other.place(nil, at: OtherService.openID)
        await #expect(throws: IssuerMetadataError.status(404)) { _ = try await fetch(fetcher(other)) }
    }

    @Test func `the documents have limits of their own`() async throws {
        let other = try OtherService()
        _ = try await fetch(fetcher(other))
        #expect(other.requests.map(\.maximumOctets) == [65_536, 524_288])
    }

    @Test(arguments: [(nil, 3600.0), (Duration.seconds(1), 300), (.seconds(7200), 7200), (.seconds(1 << 30), 86_400)])
    func `metadata is kept for as long as it says, within limits`(age: Duration?, kept: Double) async throws {
        let other = try OtherService()
        other.place(OtherService.metadata(), at: OtherService.openID, maximumAge: age)
        let fetcher = fetcher(other)
        _ = try await fetch(fetcher)
        advance(kept - 1)
        _ = try await fetch(fetcher)
        #expect(other.requests.filter { $0.url == OtherService.openID }.count == 1)
        advance(1)
        _ = try await fetch(fetcher)
        #expect(other.requests.filter { $0.url == OtherService.openID }.count == 2)
    }

    @Test func `keys that are gone are looked for in a new place at the next attempt`() async throws {
        let other = try OtherService()
        let fetcher = fetcher(other)
        _ = try await fetch(fetcher)
        let elsewhere = "https://keys.example/new"
        other.place(OtherService.metadata(keySet: "https://login.example/gone"), at: OtherService.openID)
        advance(3600)
        #expect(try await fetch(fetcher).status == 404)
        other.place(OtherService.metadata(keySet: elsewhere), at: OtherService.openID)
        other.place(#"{"keys":[]}"#, at: elsewhere)
        #expect(try await fetch(fetcher).status == 200)
        #expect(other.requests.last?.url == elsewhere)
    }

    @Test func `an entity tag is shown only where it comes from`() async throws {
        let other = try OtherService()
        let places = ["https://keys.example/a", "https://keys.example/b"]
        for place in places { other.place(#"{"keys":[]}"#, at: place, entityTag: "\"one\"") }
        other.place(OtherService.metadata(keySet: places[0]), at: OtherService.openID)
        let fetcher = fetcher(other)
        #expect(try await fetch(fetcher).status == 200)
        #expect(try await fetch(fetcher, tag: "\"one\"").status == 304)
        other.place(OtherService.metadata(keySet: places[1]), at: OtherService.openID)
        advance(3600)
        #expect(try await fetch(fetcher, tag: "\"one\"").status == 200)
        #expect(other.requests.last?.entityTag == nil)
    }

    @Test func `the place stays known for a day while the metadata is out of reach`() async throws {
        let other = try OtherService()
        let fetcher = fetcher(other)
        _ = try await fetch(fetcher)
        other.place(nil, at: OtherService.openID)
        advance(3600 + 86_399)
        #expect(try await fetch(fetcher).status == 200)
        advance(1)
        await #expect(throws: IssuerMetadataError.status(404)) { _ = try await fetch(fetcher) }
    }
}

import ApusJOSE
import FoundationEssentials
import Synchronization

/// Fetches an issuer's keys from wherever its metadata says they are.
///
/// To the `RemoteKeySet` above it this is one fetch, so everything that bounds a fetch bounds both: the time, one at a time, and the pause
/// after it. What else the metadata says can be read beside.
actor DiscoveringFetcher: KeySetFetcher {
    private struct Known {
        let metadata: IssuerMetadata
        let freshUntil: Date
    }

    private let issuer: String
    private let allowInsecureHTTP: Bool
    private let limits: RemoteKeySet.Limits
    private let fetcher: any KeySetFetcher
    private let clock: @Sendable () -> Date
    private nonisolated let published = Mutex<IssuerMetadata?>(nil)
    private var known: Known?
    /// Whose entity tag the key set above knows.
    private var lastURL: String?

    init(
        issuer: String, allowInsecureHTTP: Bool, limits: RemoteKeySet.Limits, fetcher: any KeySetFetcher,
        clock: @escaping @Sendable () -> Date
    ) {
        self.issuer = issuer
        self.allowInsecureHTTP = allowInsecureHTTP
        self.limits = limits
        self.fetcher = fetcher
        self.clock = clock
    }

    /// The metadata that was fetched last; nil before the first time.
    nonisolated var metadata: IssuerMetadata? { published.withLock { $0 } }

    func fetch(_ request: KeySetRequest) async throws -> KeySetAnswer {
        let url = try await keySetURL(within: request.timeLimit)
        do {
            let answer = try await fetcher.fetch(
                KeySetRequest(
                    url: url, entityTag: url == lastURL ? request.entityTag : nil,
                    maximumOctets: request.maximumOctets, timeLimit: request.timeLimit))
            // The keys may have moved.
            if answer.status == 200 { lastURL = url } else if answer.status != 304 { known = nil }
            return answer
        } catch {
            known = nil
            throw error
        }
    }

    private func keySetURL(within time: Duration) async throws -> String {
        let now = clock()
        if let known, now < known.freshUntil { return known.metadata.keySetURL }
        do {
            let found = try await discover(within: time)
            known = found
            published.withLock { $0 = found.metadata }
            return found.metadata.keySetURL
        } catch {
            // Where the keys were until now is a good guess, and the issuer has named the place itself.
            guard let known, now < known.freshUntil.addingTimeInterval(limits.staleWhileError / .seconds(1)) else {
                throw error
            }
            return known.metadata.keySetURL
        }
    }

    private func discover(within time: Duration) async throws -> Known {
        var status = 0
        for url in IssuerMetadata.addresses(of: issuer, allowInsecureHTTP: allowInsecureHTTP) {
            let answer = try await fetcher.fetch(
                KeySetRequest(url: url, maximumOctets: IssuerMetadata.maximumOctets, timeLimit: time))
            guard answer.status == 200 else {
                status = answer.status
                continue
            }
            let metadata = try IssuerMetadata(answer.body, of: issuer, allowInsecureHTTP: allowInsecureHTTP)
            let age = min(
                max(answer.maximumAge ?? limits.maximumAge, limits.shortestMaximumAge), limits.longestMaximumAge)
            return Known(metadata: metadata, freshUntil: clock().addingTimeInterval(age / .seconds(1)))
        }
        throw IssuerMetadataError.status(status)
    }
}

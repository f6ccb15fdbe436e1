import ApusCrypto
import ApusHTTP
public import ApusJOSE
import ApusTransport
import FoundationEssentials

/// Fetches key sets and other small documents over https, for `RemoteKeySet`, `RemoteIssuer` and `OpenIDConnect`.
///
/// The server's certificate must be valid for the name in the address. Nothing is kept between two fetches: no connection, no cookie, no
/// cache, and no thread. Proxies are not used.
///
/// A redirect is followed only within the same server, that is to https with the same host and port; so from `https://a.example` not even
/// to `https://www.a.example`. To ask for https alone would be too little: whoever can place a redirect, which an open redirect is enough
/// for, would name the keys that are trusted here, and could lead requests to servers that only this network reaches. Issuers publish their
/// final address; configure that one.
public struct HTTPSFetcher: KeySetFetcher {
    private let trustedCertificates: String?
    private let allowInsecureHTTP: Bool
    /// The addresses of a host, in the order in which they are tried.
    var lookUp: @Sendable (_ host: String, _ port: Int) async throws -> [SocketAddress] = { host, port in
        try await SocketAddress.lookUp(host, port: port)
    }

    /// How many redirects are followed.
    static let maximumRedirects = 3

    /// - Parameters:
    ///   - trustedCertificates: certificates in PEM to trust in place of the system's, such as those of a private authority.
    ///   - allowInsecureHTTP: also fetches with http, though only from this machine itself; for development.
    public init(trustedCertificates: String? = nil, allowInsecureHTTP: Bool = false) {
        self.trustedCertificates = trustedCertificates
        self.allowInsecureHTTP = allowInsecureHTTP
    }

    /// Sends one GET request and reads its answer, within the request's limits.
    ///
    /// - Throws: when there is no whole answer, an error whose description says why, for the log.
    public func fetch(_ request: KeySetRequest) async throws -> KeySetAnswer {
        try await send(try OutgoingRequest(request), maximumRedirects: Self.maximumRedirects).answer
    }

    /// Sends one request and reads its answer, within the request's limits.
    ///
    /// - Parameter maximumRedirects: how many are followed; a form and a token are for the address that they were meant for, so none is.
    /// - Throws: when there is no whole answer, an error whose description says why, for the log.
    func send(_ request: OutgoingRequest, maximumRedirects: Int = 0) async throws -> FetchedResponse {
        guard var address = KeyAddress(request.url, allowInsecureHTTP: allowInsecureHTTP) else {
            throw FetchError.addressRefused(request.url)
        }
        let end = ContinuousClock.now + request.timeLimit
        // A loop of its own, because a server has none to spare before it runs, and most fetches are hours apart.
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        for _ in 0...maximumRedirects {
            let response = try await response(from: address, to: request, on: loops.loops[0], until: end)
            guard let location = response.redirect else { return response }
            guard maximumRedirects > 0, let target = URL(string: location, relativeTo: address.url)?.absoluteString,
                let next = KeyAddress(target, allowInsecureHTTP: allowInsecureHTTP), next.hasOrigin(of: address)
            else { throw FetchError.redirectRefused(location) }
            address = next
        }
        throw FetchError.tooManyRedirects(limit: maximumRedirects)
    }

    private func response(
        from address: KeyAddress, to request: OutgoingRequest, on loop: EventLoop,
        until end: ContinuousClock.Instant
    ) async throws -> FetchedResponse {
        let octets = try request.octets(to: address)
        let trust = address.isSecure ? try trust() : nil
        var failure: (any Error)?
        let places = try await lookUp(address.host, address.port)
        for (position, place) in places.enumerated() {
            let exchange = FetchExchange(with: place, on: loop, until: end)
            do {
                // One that never answers must leave the others their share of the time.
                try await exchange.connect(trust, host: address.host, share: places.count - position)
            } catch {
                // The next address of the host may answer.
                failure = error
                try Task.checkCancellation()
                continue
            }
            return try await exchange.run(octets, maximumContent: request.maximumOctets)
        }
        throw failure ?? FetchError.nobodyThere
    }

    private func trust() throws -> TLSClientContext {
        guard let trustedCertificates else { return try TLSClientContext(trustingSystemWith: ["http/1.1"]) }
        return try TLSClientContext(trusting: trustedCertificates, protocols: ["http/1.1"])
    }
}

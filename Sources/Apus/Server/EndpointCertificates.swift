import ApusCrypto
import FoundationEssentials

/// The certificates of one endpoint, as new connections get them.
///
/// A connection keeps the context with which it began: new certificates are not noticed by those that are under way.
actor EndpointCertificates {
    nonisolated let published: Published<TLSContext>
    private var sources: [CertificateSource]
    private let clientCertificates: ClientCertificates?
    private let options: TLSOptions
    private let logger: Logger
    private let clock: @Sendable () -> Date

    /// The ALPN names of what is spoken here, the best first (RFC 7301 §6).
    private static let protocols = ["http/1.1", "http/1.0"]

    /// Reads the files.
    ///
    /// - Throws: `StartError` when there is nothing to serve, and `TLSConfigurationError` for what cannot be served.
    init(
        of tls: Endpoint.TLS, clientCertificates: ClientCertificates?, logger: Logger,
        clock: @escaping @Sendable () -> Date = { Date.now }
    ) throws {
        guard !tls.sources.isEmpty else {
            throw StartError("Expected at least one certificate for an endpoint under TLS, found none.")
        }
        let now = clock()
        var sources = try tls.sources.map { try CertificateSource($0, at: now) }
        published = Published(
            try TLSContext(
                identities: sources.map(\.identity), protocols: Self.protocols, clientCertificates: clientCertificates,
                options: tls.options, at: now))
        Self.reportGaps(of: &sources, at: now, to: logger)
        first = sources[0].identity
        hasFiles = sources.contains(where: \.hasFiles)
        self.sources = sources
        self.clientCertificates = clientCertificates
        options = tls.options
        self.logger = logger
        self.clock = clock
    }

    /// What was served first to clients that ask for no name.
    nonisolated let first: CertificateIdentity

    /// There are files that may change.
    nonisolated let hasFiles: Bool

    /// Serves what the files hold now; where that is not to be served, the last that was goes on, and the log says why.
    ///
    /// - Parameter evenUnchanged: reads all files, also those that look as they did.
    func look(evenUnchanged: Bool = false) {
        let now = clock()
        var candidates = sources
        var isNew = false
        for index in candidates.indices {
            do throws(TLSConfigurationError) {
                if try candidates[index].look(evenUnchanged: evenUnchanged, at: now) { isNew = true }
            } catch {
                report("New certificates cannot be served; the last ones still are", error)
            }
            do throws(TLSConfigurationError) {
                try candidates[index].checkEnd(at: now)
            } catch {
                report("A certificate is served though it is not valid", error)
            }
        }
        if isNew { serve(candidates, at: now) } else { sources = candidates }
        Self.reportGaps(of: &sources, at: now, to: logger)
    }

    private static func reportGaps(of sources: inout [CertificateSource], at now: Date, to logger: Logger) {
        for index in sources.indices {
            guard let gap = sources[index].takeStaplingGap(at: now) else { continue }
            logger.log(
                .warning, "A certificate is served without an OCSP response", ["cause": .string(gap.description)])
        }
    }

    private func serve(_ candidates: [CertificateSource], at now: Date) {
        do throws(TLSConfigurationError) {
            published.publish(
                try TLSContext(
                    identities: candidates.map(\.identity), protocols: Self.protocols,
                    clientCertificates: clientCertificates, options: options, replacing: published.current))
        } catch {
            sources = zip(sources, candidates).map { $0.keepingIdentity(afterLookOf: $1) }
            return report("New certificates cannot be served; the last ones still are", error)
        }
        sources = candidates
        let end = candidates.map(\.identity.certificate.notAfter).min() ?? now
        logger.log(.notice, "New certificates are served", ["until": .string(end.formatted(.iso8601))])
    }

    private func report(_ message: String, _ error: TLSConfigurationError) {
        logger.log(.error, message, ["cause": .string(error.description)])
    }

    /// Looks again and again; returns when its task is cancelled.
    nonisolated func watch(
        every interval: Duration = .seconds(2), sleep: @Sendable (Duration) async throws -> Void
    ) async throws {
        while true {
            try await sleep(interval)
            await look()
        }
    }
}

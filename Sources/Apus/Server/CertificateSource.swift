import ApusCrypto
import ApusTransport
import FoundationEssentials

/// A certificate with its key as it is served, and the files that it came from.
struct CertificateSource {
    private(set) var identity: CertificateIdentity
    private let files: Files?
    /// The files as they were before they were last read.
    private var seen: [FileMark?]
    /// Files that could not be used when they were last looked at.
    private var doubtful: [FileMark?]?
    private var hasReportedEnd = false
    private var hasReportedGap = false

    private struct Files {
        let chain: String
        let key: String
        let ocspResponse: String?

        var marks: [FileMark?] { [chain, key, ocspResponse].map { path in path.flatMap { FileMark(path: $0) } } }

        func read(at now: Date) throws(TLSConfigurationError) -> CertificateIdentity {
            let identity = try CertificateIdentity(certificateChain: chain, privateKey: key)
            try identity.validate(at: now)
            guard let ocspResponse else { return identity }
            return identity.stapling(try OCSPResponse(path: ocspResponse, for: identity, at: now))
        }
    }

    /// - Throws: `TLSConfigurationError` for files that cannot be read or served.
    init(_ source: Endpoint.TLS.Source, at now: Date) throws(TLSConfigurationError) {
        switch source {
        case .selfSigned: (identity, files) = (try .selfSigned(), nil)
        case .identity(let identity): (self.identity, files) = (identity, nil)
        case .files(let chain, let key, let ocspResponse):
            let files = Files(chain: chain, key: key, ocspResponse: ocspResponse)
            seen = files.marks
            identity = try files.read(at: now)
            self.files = files
            return
        }
        seen = []
    }

    /// It comes from files, which may change.
    var hasFiles: Bool { files != nil }

    /// Reads the files if they have changed since they were last read.
    ///
    /// Files that cannot be served are an error only when they are found so a second time: a certificate, its key and its OCSP
    /// response are renamed one after the other, and do not fit in between. Each state of the files is an error once.
    /// - Parameter evenUnchanged: reads them in any case, and throws at once.
    /// - Returns: whether there is a new identity.
    mutating func look(evenUnchanged: Bool = false, at now: Date) throws(TLSConfigurationError) -> Bool {
        guard let files else { return false }
        let marks = files.marks
        guard evenUnchanged || marks != seen else { return false }
        do {
            let new = try files.read(at: now)
            (identity, seen, doubtful, hasReportedEnd, hasReportedGap) = (new, marks, nil, false, false)
            return true
        } catch {
            let isCertain = evenUnchanged || doubtful == marks
            doubtful = marks
            guard isCertain else { return false }
            seen = marks
            throw error
        }
    }

    /// The same identity as before, when what a look has found cannot be served together with others.
    func keepingIdentity(afterLookOf other: CertificateSource) -> CertificateSource {
        var kept = self
        (kept.seen, kept.doubtful, kept.hasReportedEnd) = (other.seen, other.doubtful, hasReportedEnd)
        return kept
    }

    /// Tells once that something is not stapled which should be.
    mutating func takeStaplingGap(at now: Date) -> StaplingGap? {
        guard !hasReportedGap, let gap = identity.staplingGap(at: now) else { return nil }
        hasReportedGap = true
        return gap
    }

    /// Throws once when the certificate that is served has expired.
    mutating func checkEnd(at now: Date) throws(TLSConfigurationError) {
        guard !hasReportedEnd else { return }
        do {
            try identity.checkValidity(at: now)
        } catch {
            hasReportedEnd = true
            throw error
        }
    }
}

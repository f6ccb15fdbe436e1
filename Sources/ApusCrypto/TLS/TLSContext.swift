import COpenSSL
package import FoundationEssentials

/// What all TLS sessions of a server share: its identity, its protocols and its session-ticket keys.
///
/// TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only; no renegotiation, no compression, no early
/// data. Any number of threads may make sessions from one context.
package final class TLSContext: Sendable {
    let handle: OpenSSLObject
    let protocols: ProtocolPreference
    private let ticketKeys: SessionTicketKeys
    private static let sessionContext = Array("apus".utf8)

    /// - Parameters:
    ///   - identity: Checked for what a peer would otherwise find out: see ``TLSConfigurationError``.
    ///   - protocols: ALPN names, the most wanted first. A client that offers only others is refused; one that offers none
    ///     is not.
    ///   - clientCertificates: Whether clients are asked for theirs; nil does not ask.
    package init(
        identity: CertificateIdentity, protocols: [String], clientCertificates: ClientCertificates? = nil,
        at date: Date = Date()
    ) throws(TLSConfigurationError) {
        try identity.validate(at: date)
        let source = identity.certificateSource
        handle = try TLSSettings.makeContext(TLS_server_method(), for: source)
        self.protocols = ProtocolPreference(protocols)
        guard let ticketKeys = SessionTicketKeys() else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        self.ticketKeys = ticketKeys
        let context = handle.pointer

        ERR_clear_error()
        guard
            // Tickets of another use of this identity are not to be taken for tickets of this one.
            SSL_CTX_set_session_id_context(context, Self.sessionContext, UInt32(Self.sessionContext.count)) == 1
        else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        try identity.install(in: context)
        // Two, OpenSSL's default, are a tenth of the cost of a handshake, and a client that resumes gets a new one.
        SSL_CTX_set_num_tickets(context, 1)
        ticketKeys.install(in: context)
        if let clientCertificates { try Self.ask(for: clientCertificates, in: context) }
        if !protocols.isEmpty { selectProtocols() }
    }

    /// The callback gets `protocols` unretained: each session keeps its context alive.
    private func selectProtocols() {
        SSL_CTX_set_alpn_select_cb(
            handle.pointer,
            { _, selected, selectedCount, offer, offerCount, preference in
                guard let selected, let selectedCount, let preference else { return SSL_TLSEXT_ERR_ALERT_FATAL }
                let protocols = Unmanaged<ProtocolPreference>.fromOpaque(preference).takeUnretainedValue()
                let offer = UnsafeBufferPointer(start: offer, count: Int(offerCount))
                // RFC 7301 §3.2: no overlap ends the handshake with no_application_protocol.
                guard let match = protocols.selection(from: offer), let start = offer.baseAddress else {
                    return SSL_TLSEXT_ERR_ALERT_FATAL
                }
                selected.pointee = start + match.lowerBound
                selectedCount.pointee = UInt8(match.count)
                return SSL_TLSEXT_ERR_OK
            },
            Unmanaged.passUnretained(protocols).toOpaque())
    }
}

import COpenSSL
package import FoundationEssentials

/// What all TLS sessions of a server share: its certificates, its protocols and its session-ticket keys.
///
/// TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only; no renegotiation, no compression, no early
/// data. Any number of threads may make sessions from one context. It never changes: new certificates are a new context,
/// which sessions of the old one, who keep it alive, do not notice.
package final class TLSContext: Sendable {
    let protocols: ProtocolPreference
    private let ticketKeys: SessionTicketKeys
    private let groups: CertificateGroups
    /// Nil when no certificate has a response.
    private let stapling: Stapling?
    /// One for each group, in the order of the groups.
    private let contexts: [OpenSSLObject]

    /// What a session begins with.
    var handle: OpenSSLObject { contexts[0] }

    /// - Parameters:
    ///   - identities: One or more; a client gets the one for the name that it asks for (RFC 6066 §3), or else the first.
    ///     Checked for what a peer would otherwise find out: see ``TLSConfigurationError``.
    ///   - protocols: ALPN names, the most wanted first. A client that offers only others is refused; one that offers none
    ///     is not.
    ///   - clientCertificates: Whether clients are asked for theirs; nil does not ask.
    ///   - options: What clients may choose.
    ///   - previous: The context that this one replaces, whose tickets go on being taken. What is new has been validated
    ///     already then: what has expired since is still better served than nothing.
    /// - Precondition: There is an identity.
    package init(
        identities: [CertificateIdentity], protocols: [String], clientCertificates: ClientCertificates? = nil,
        options: TLSOptions = TLSOptions(), replacing previous: TLSContext? = nil, at date: Date = Date()
    ) throws(TLSConfigurationError) {
        precondition(!identities.isEmpty, "a server has a certificate")
        if previous == nil {
            for identity in identities { try identity.validate(at: date) }
        }
        let source = identities[0].certificateSource
        ERR_clear_error()
        guard let ticketKeys = previous?.ticketKeys ?? SessionTicketKeys() else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        groups = try CertificateGroups(identities)
        self.ticketKeys = ticketKeys
        self.protocols = ProtocolPreference(protocols)
        var contexts: [OpenSSLObject] = []
        for group in groups.groups {
            let context = try Self.makeContext(
                group, ticketKeys: ticketKeys, clientCertificates: clientCertificates, options: options)
            contexts.append(context)
        }
        self.contexts = contexts
        stapling = Stapling(groups)
        for context in contexts { stapling?.install(in: context.pointer) }
        if contexts.count > 1 { selectCertificates() }
        if !protocols.isEmpty { selectProtocols() }
    }

    /// A context with one identity; otherwise as `init(identities:protocols:clientCertificates:options:replacing:at:)`.
    package convenience init(
        identity: CertificateIdentity, protocols: [String], clientCertificates: ClientCertificates? = nil,
        at date: Date = Date()
    ) throws(TLSConfigurationError) {
        try self.init(
            identities: [identity], protocols: protocols, clientCertificates: clientCertificates, at: date)
    }

    private static func makeContext(
        _ group: CertificateGroups.Group, ticketKeys: SessionTicketKeys, clientCertificates: ClientCertificates?,
        options: TLSOptions
    ) throws(TLSConfigurationError) -> OpenSSLObject {
        let source = group.identities[0].certificateSource
        let handle = try TLSSettings.makeContext(TLS_server_method(), for: source, options: options)
        let context = handle.pointer
        let name = group.sessionContext
        guard SSL_CTX_set_session_id_context(context, name, UInt32(name.count)) == 1 else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        for identity in group.identities { try identity.install(in: context) }
        // Two, OpenSSL's default, are a tenth of the cost of a handshake, and a client that resumes gets a new one.
        SSL_CTX_set_num_tickets(context, 1)
        ticketKeys.install(in: context)
        if let clientCertificates { try ask(for: clientCertificates, in: context) }
        return handle
    }

    /// Has a session go on with the context for the name that its client asks for.
    ///
    /// This happens before OpenSSL looks at a ticket, which so counts for this name alone. The callback gets the context
    /// unretained: each session keeps it alive.
    private func selectCertificates() {
        SSL_CTX_set_client_hello_cb(
            handle.pointer,
            { session, _, context in
                guard let session, let context else { return SSL_CLIENT_HELLO_ERROR }
                let server = Unmanaged<TLSContext>.fromOpaque(context).takeUnretainedValue()
                var start: UnsafePointer<UInt8>?
                var count = 0
                guard SSL_client_hello_get0_ext(session, UInt32(TLSEXT_TYPE_server_name), &start, &count) == 1,
                    let name = ServerName.hostName(in: UnsafeBufferPointer(start: start, count: count)),
                    let index = server.groups.index(for: name)
                else { return SSL_CLIENT_HELLO_SUCCESS }
                let isSet = SSL_set_SSL_CTX(session, server.contexts[index].pointer) != nil
                return isSet ? SSL_CLIENT_HELLO_SUCCESS : SSL_CLIENT_HELLO_ERROR
            },
            Unmanaged.passUnretained(self).toOpaque())
    }

    /// The callback gets `protocols` unretained: each session keeps its context alive.
    private func selectProtocols() {
        for context in contexts {
            SSL_CTX_set_alpn_select_cb(
                context.pointer,
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
}

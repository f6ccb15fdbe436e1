import COpenSSL

/// A server's certificates by the host names that they are for.
///
/// Certificates for the same names that differ in the kind of their keys are one group, of which each client gets the one
/// that it can verify.
struct CertificateGroups: Sendable {
    struct Group: Sendable {
        let names: Set<String>
        var identities: [CertificateIdentity]

        /// What tickets are bound to: a session goes on only under the names for which it was begun (RFC 6066 §3), also
        /// when the certificate has been renewed in between.
        var sessionContext: [UInt8] {
            let text = "apus " + names.sorted().joined(separator: " ")
            return DigestAlgorithm.digest(.sha256, Array(text.utf8).span)
        }
    }

    /// In the order in which they were given; the first is for clients that ask for no name, or for none that is known.
    private(set) var groups: [Group] = []
    private var exact: [String: Int] = [:]
    /// By what stands behind the asterisk, the dot included.
    private var wildcards: [String: Int] = [:]

    /// - Throws: ``TLSConfigurationError/nameless(path:)`` or ``TLSConfigurationError/redundant(path:other:)`` for a
    ///   certificate that no client would ever get.
    init(_ identities: [CertificateIdentity]) throws(TLSConfigurationError) {
        for identity in identities { try add(identity) }
        for (index, group) in groups.enumerated() {
            for name in group.names {
                if name.hasPrefix("*.") {
                    wildcards[String(name.dropFirst())] = wildcards[String(name.dropFirst())] ?? index
                } else {
                    exact[name] = exact[name] ?? index
                }
            }
        }
    }

    private mutating func add(_ identity: CertificateIdentity) throws(TLSConfigurationError) {
        let names = Set(identity.certificate.hostNames)
        guard let index = groups.firstIndex(where: { $0.names == names }) else {
            if names.isEmpty && !groups.isEmpty { throw .nameless(path: identity.certificateSource) }
            groups.append(Group(names: names, identities: [identity]))
            return
        }
        if let other = groups[index].identities.first(where: { $0.keyKind == identity.keyKind }) {
            throw .redundant(path: identity.certificateSource, other: other.certificateSource)
        }
        groups[index].identities.append(identity)
    }

    /// The group for a host name in lower case: one that has just this name before one whose asterisk stands for the first
    /// label of it (RFC 9525 §6.3); among several the one that was given first.
    func index(for hostName: String) -> Int? {
        if let index = exact[hostName] { return index }
        guard let dot = hostName.firstIndex(of: "."), dot != hostName.startIndex else { return nil }
        return wildcards[String(hostName[dot...])]
    }
}

extension Certificate {
    /// The DNS names among the subject alternative names, in lower case; the common name is none (RFC 9525 §6.3).
    fileprivate var hostNames: [String] {
        subjectAlternativeNames.compactMap { name in
            guard case .dns(let text) = name else { return nil }
            return text.lowercased()
        }
    }
}

extension CertificateIdentity {
    /// OpenSSL's name for the key's algorithm: a context holds one certificate for each.
    fileprivate var keyKind: String? { EVP_PKEY_get0_type_name(privateKey.pointer).map { String(cString: $0) } }
}

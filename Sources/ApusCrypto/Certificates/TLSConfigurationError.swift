public import FoundationEssentials

/// Why a certificate and its private key cannot serve TLS, found when the server starts.
///
/// Each description names the file, what was expected, what was found and what to do.
/// It holds local paths, so it belongs in a log or on a terminal and never in a response.
public enum TLSConfigurationError: Error, Equatable, Sendable {
    /// The file does not exist, may not be read, or is larger than 1 MiB.
    case unreadableFile(path: String, reason: String)
    /// The file cannot be made, or exists already.
    case unwritableFile(path: String, reason: String)
    /// The file holds no certificate in PEM form (`-----BEGIN CERTIFICATE-----`).
    case noCertificate(path: String)
    /// The file holds no private key in PEM form.
    case noPrivateKey(path: String)
    /// The private key is protected by a passphrase, and a server that starts unattended has none to give.
    case encryptedPrivateKey(path: String)
    /// The private key does not belong to the first certificate of the chain.
    case keyMismatch(certificate: String, privateKey: String)
    /// The key is too short, on a curve outside TLS 1.3, or of a kind that this server does not use; `found` says which.
    case unsuitableKey(path: String, found: String)
    /// The certificate's validity ended on `date`.
    case expired(path: String, date: Date)
    /// The certificate's validity begins on `date`, which is still to come.
    case notYetValid(path: String, date: Date)
    /// The certificate, which is not the first of several, has no DNS name for which a client could get it.
    case nameless(path: String)
    /// Another certificate is for the same names and has a key of the same kind, so that no client would get this one.
    case redundant(path: String, other: String)
    /// The OCSP response that is to be stapled cannot be read, or is not one that clients would take.
    case unusableOCSPResponse(path: String, OCSPResponseFlaw)
    /// The options leave nothing that client and server could agree on.
    case unusableOptions(String)
    /// OpenSSL refuses the certificate or the key for another reason, given in its words.
    case rejected(path: String, reason: String)
}

extension TLSConfigurationError: CustomStringConvertible {
    /// What was found in which file, what was expected there, and what to do.
    public var description: String {
        switch self {
        case .unreadableFile(let path, let reason):
            "Cannot read '\(path)': \(reason). Expected a PEM file that this process may read."
        case .unwritableFile(let path, let reason):
            "Cannot write '\(path)': \(reason). Expected a path for a new file in a directory that this process may write."
        case .noCertificate(let path):
            "No certificate in '\(path)'. Expected PEM text with '-----BEGIN CERTIFICATE-----', the server's own first."
        case .noPrivateKey(let path):
            "No private key in '\(path)'. Expected PEM text with '-----BEGIN PRIVATE KEY-----'."
        case .encryptedPrivateKey(let path):
            "The private key in '\(path)' is encrypted. Expected one without a passphrase: decrypt it with "
                + "'openssl pkey' and restrict who may read the file."
        case .keyMismatch(let certificate, let privateKey):
            "The private key in '\(privateKey)' does not belong to the first certificate in '\(certificate)'. "
                + "Give the key that the certificate was issued for, and put the server's certificate before the others."
        case .unsuitableKey(let path, let found):
            "The key in '\(path)' is \(found). Expected EC on P-256, P-384 or P-521, Ed25519, or RSA of 2048 bits or "
                + "more: have a certificate issued for such a key."
        case .expired(let path, let date):
            "The certificate in '\(path)' expired at \(date.formatted(.iso8601)). Renew it, and check this "
                + "machine's clock if that seems wrong."
        case .notYetValid(let path, let date):
            "The certificate in '\(path)' is not valid before \(date.formatted(.iso8601)). Wait until then, and check "
                + "this machine's clock if that seems wrong."
        case .nameless(let path):
            "The certificate in '\(path)' has no DNS name among its subject alternative names. Expected one that clients can "
                + "ask for: only the first of several certificates is served without."
        case .redundant(let path, let other):
            "The certificates in '\(path)' and '\(other)' are for the same names and have keys of the same kind. Leave one "
                + "of them out: two for the same names differ in the kind of their keys, such as EC and RSA."
        case .unusableOCSPResponse(let path, let flaw):
            "Cannot staple the OCSP response in '\(path)': \(flaw)"
        case .unusableOptions(let missing):
            "The TLS options have \(missing). Expected at least one for every version that is spoken."
        case .rejected(let path, let reason):
            "OpenSSL does not accept '\(path)': \(reason). Have the certificate issued anew with SHA-256 and a key of "
                + "128-bit strength, such as P-256."
        }
    }
}

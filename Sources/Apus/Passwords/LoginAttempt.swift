import ApusCrypto
import ApusTransport

/// One login as a throttle counts it: by keys of a size that no client chooses.
struct LoginAttempt: Sendable {
    /// A digest of the user's name, which is of any length and may be a password by mistake.
    let user: [UInt8]
    /// The client's network.
    let network: [UInt8]
    /// The user at this network.
    let pair: [UInt8]

    init(username: String, address: String) {
        // Names that a service takes for the same must not have counts of their own: it may ignore case and spellings.
        user = DigestAlgorithm.digest(.sha256, NormalizedText.octets(of: username.lowercased()).span)
        network =
            SocketAddress.network(ofHost: address) ?? DigestAlgorithm.digest(.sha256, [UInt8](address.utf8).span)
        pair = DigestAlgorithm.digest(.sha256, (user + network).span)
    }
}

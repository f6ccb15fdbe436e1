import ApusJOSE
import ApusTesting
import Synchronization

/// Makes the keys of a store in a fixed order, the same for every seed, so that a run can be repeated octet for octet.
final class KeyForge: Sendable {
    private let count = Mutex(0)

    /// The next key, with a secret of its own.
    func make() throws(KeyError) -> SigningKey {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return try Self.key(number)
    }

    private static func key(_ number: Int, named kid: String? = nil) throws(KeyError) -> SigningKey {
        var dice = SplitMix64(seed: UInt64(number))
        return try .hmac(bytes: dice.octets(32), algorithm: .hs256, kid: kid ?? "key-\(number)")
    }

    /// The secret of a key that this has made, under an identifier that no store knows.
    static func ghost(of kid: String) throws(KeyError) -> SigningKey {
        try key(Int(kid.dropFirst(4)) ?? 0, named: "ghost")
    }

    /// A secret that is in no store, under the identifier of one that is.
    static func impostor(of kid: String) throws(KeyError) -> SigningKey {
        try key(1_000_000, named: kid)
    }
}

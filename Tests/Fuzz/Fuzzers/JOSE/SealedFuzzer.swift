@testable import ApusJOSE

extension Fuzzer {
    /// Sealed texts: the input itself opens nothing, what is sealed of it opens, and not when it was changed as the input says.
    static let sealed = Fuzzer(name: "sealed") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        if let opened = protector.openKnown(text) {
            try require(text == known && opened == Array("seed".utf8), "Only what was sealed opens")
        }
        try require(
            protector.openKnown(Base64URL.encode(octets)) == nil || Base64URL.encode(octets) == known, "Nor as octets")

        let sealed = try succeed("Octets can be sealed") { try protector.seal(octets, context: "here") }
        try require(protector.openKnown(sealed, context: "here") == octets, "What was sealed opens to the same")
        try require(protector.openKnown(sealed, context: "there") == nil, "What was sealed opens in its context alone")
        try require(
            otherProtector.openKnown(sealed, context: "here") == nil, "What was sealed opens for its purpose alone")

        // Two octets of the input say where and how it is changed.
        guard let first = octets.first, let last = octets.last, last != 0 else { return }
        var changed = try succeed("A sealed text is base64url") { try Base64URL.decode(sealed) }
        changed[(Int(first) * 257 + octets.count) % changed.count] ^= last
        try require(
            protector.openKnown(Base64URL.encode(changed), context: "here") == nil, "What was changed does not open")
        let count = Int(first) * sealed.utf8.count / 256
        try require(protector.openKnown(String(sealed.prefix(count)), context: "here") == nil, "Nor what was cut off")
    }

    /// Sealed by Python's cryptography under the key below for no context; also a seed.
    private static let known = "AQFrMQABAgMEBQYHCAkKCyeC96EGF23XK7fK2Bidv15TJh6X"

    private static let keys: KeyStore = {
        do {
            return try KeyStore(
                .hmac(
                    hexadecimal: "6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0", algorithm: .hs256,
                    kid: "k1"))
        } catch {
            preconditionFailure("\(error)")
        }
    }()
    private static let protector = DataProtector(keys, purpose: "cookies")
    private static let otherProtector = DataProtector(keys, purpose: "cookie")
}

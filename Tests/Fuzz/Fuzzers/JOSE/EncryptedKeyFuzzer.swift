import Foundation

@testable import ApusJOSE

extension Fuzzer {
    /// Private keys under a passphrase, PKCS#8 and PKCS#12 in DER: what opens with it is a key, and opens with nothing else.
    ///
    /// A file says how often its passphrase is hashed, so those that would take long are left out: whoever places one
    /// beside its passphrase is no stranger.
    static let encryptedKey = Fuzzer(name: "encrypted-key") { (octets) throws(Violation) in
        guard isCheap(octets) else { return }
        let (right, wrong) = ("opensesame", "Opensesame")
        if let key = try? JWK(der: octets, passphrase: right) {
            try checkFiles(of: key)
            // A key that is not encrypted needs no passphrase and minds none.
            if (try? JWK(der: octets)) == nil {
                try require((try? JWK(der: octets, passphrase: wrong)) == nil, "One passphrase opens a key")
                let text = pem(octets)
                let again = try succeed("The key opens in PEM too") { try JWK(pem: text, passphrase: right) }
                try require(again.isSame(as: key), "PEM and DER hold the same key: \(again), \(key)")
                try require((try? JWK(pem: text)) == nil, "Without its passphrase a key does not open")
            }
        }
        if let key = try? JWK(pkcs12: octets, passphrase: right) {
            try require(key.isPrivate && !key.certificateChain.isEmpty, "A file has a key and its certificate")
            try checkFiles(of: key)
        }
    }

    private static func pem(_ octets: [UInt8]) -> String {
        """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        \(Data(octets).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed]))
        -----END ENCRYPTED PRIVATE KEY-----
        """
    }

    /// Whether no INTEGER is a count of more than 4,095, and nothing is hashed with scrypt, which has three of them.
    private static func isCheap(_ octets: [UInt8]) -> Bool {
        let scrypt: [UInt8] = [0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x04, 0x0B]
        return octets.firstRange(of: scrypt) == nil && DERElement.all(in: octets[...]).allSatisfy(\.isCheap)
    }
}

/// An element of a structure in DER or BER; what an indefinite length holds counts as its neighbours.
private struct DERElement {
    let tag: UInt8
    let content: ArraySlice<UInt8>

    /// The elements up to the first that is none.
    static func all(in octets: ArraySlice<UInt8>) -> [DERElement] {
        var (elements, rest) = ([DERElement](), octets)
        while let element = DERElement(first: &rest) { elements.append(element) }
        return elements
    }

    private init?(first rest: inout ArraySlice<UInt8>) {
        guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
        var count = Int(first)
        if first >= 0x80 {
            let digits = rest.prefix(count - 0x80)
            rest = rest.dropFirst(digits.count)
            count = digits.reduce(0) { min($0, 1 << 24) << 8 | Int($1) }
        }
        self.tag = tag
        // What the length promises beyond the end may be read all the same; nothing is to be missed here.
        content = rest.prefix(count)
        rest = rest.dropFirst(count)
    }

    // An INTEGER of more than eight octets is no count to OpenSSL. What is encrypted may look like one by chance.
    var isCheap: Bool {
        switch tag {
        case 0x02: content.count > 8 || content.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } < 4_096
        case 0x04, 0x20...: Self.all(in: content).allSatisfy(\.isCheap)
        default: true
        }
    }
}

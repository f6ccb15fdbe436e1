/// The application protocols that a side offers or accepts (RFC 7301), the most wanted first.
final class ProtocolPreference: Sendable {
    private let names: [[UInt8]]

    /// - Precondition: Each name has 1 to 255 octets (RFC 7301 §3.1).
    init(_ names: [String]) {
        self.names = names.map { name in
            precondition((1...255).contains(name.utf8.count), "an ALPN protocol name has 1 to 255 octets")
            return Array(name.utf8)
        }
    }

    /// Each name behind its length octet (RFC 7301 §3.1).
    var wire: [UInt8] {
        names.flatMap { [UInt8($0.count)] + $0 }
    }

    /// The place in `offer`, a peer's list in wire form, of the first of our names that it holds.
    func selection(from offer: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        for wanted in names {
            var start = 0
            while start < offer.count {
                let name = start + 1..<start + 1 + Int(offer[start])
                guard name.upperBound <= offer.count else { break }
                if offer[name].elementsEqual(wanted) { return name }
                start = name.upperBound
            }
        }
        return nil
    }
}

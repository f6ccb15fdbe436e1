@testable import Apus
@testable import ApusCrypto

extension Fuzzer {
    /// A stored hash in the PHC string format, and the same octets as a password that is prepared for one.
    static let passwordHash = Fuzzer(name: "password-hash") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        if let hash = try? PasswordHash(text) {
            try require(Array(hash.text.utf8) == octets, "Each hash has one text alone")
            let (memory, passes) = (128 * hash.cost.blockSize << hash.cost.logN, hash.cost.parallelization)
            try require(memory <= PasswordHash.Cost.maximumOctets, "A hash asks for no more memory than the limit")
            try require(
                memory / 128 * passes <= PasswordHash.Cost.maximumWork, "A hash asks for no more time than the limit")
            try require(!"\(hash)".contains("$"), "A description shows neither salt nor hash")
        }
        guard let first = try? PreparedPassword(text) else { return }
        let prepared = String(decoding: octetsOf(first), as: UTF8.self)
        // The standard library compares by canonical equivalence, if what it gets wrong there is spelled out.
        let spaced = text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
            switch scalar {
            case "\u{F73}": ["\u{F71}", "\u{F72}"]
            case "\u{F75}": ["\u{F71}", "\u{F74}"]
            case "\u{F81}": ["\u{F71}", "\u{F80}"]
            default: [scalar.properties.generalCategory == .spaceSeparator ? " " : scalar]
            }
        }
        try require(prepared == String(String.UnicodeScalarView(spaced)), "Nothing but spaces and spellings changes")
        let second = try succeed("What is prepared can be prepared again") { try PreparedPassword(prepared) }
        try require(octetsOf(second) == octetsOf(first), "What is prepared stays as it is")
    }

    private static func octetsOf(_ password: PreparedPassword) -> [UInt8] {
        password.secret.withBytes { octets in octets.indices.map { octets[$0] } }
    }
}

import ApusJOSE
import Foundation
import Testing

@Suite struct Base64URLTests {
    // RFC 4648 §10 without its padding, RFC 7515 appendix C, and the two symbols that the URL-safe alphabet changes.
    static let vectors: [(text: String, bytes: [UInt8])] = [
        ("", []), ("Zg", [UInt8]("f".utf8)), ("Zm8", [UInt8]("fo".utf8)), ("Zm9v", [UInt8]("foo".utf8)),
        ("Zm9vYg", [UInt8]("foob".utf8)), ("Zm9vYmE", [UInt8]("fooba".utf8)), ("Zm9vYmFy", [UInt8]("foobar".utf8)),
        ("A-z_4ME", [3, 236, 255, 224, 193]), ("-_-_", [0xFB, 0xFF, 0xBF]), ("__8", [0xFF, 0xFF]),
    ]

    @Test(arguments: vectors)
    func `encodes the vectors of the RFCs`(text: String, bytes: [UInt8]) {
        #expect(Base64URL.encode(bytes) == text)
    }

    @Test(arguments: vectors)
    func `decodes the vectors of the RFCs`(text: String, bytes: [UInt8]) throws {
        #expect(try Base64URL.decode(text) == bytes)
    }

    @Test func `agrees with Foundation on every length and octet`() throws {
        for count in 0...300 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ count) }
            let text = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
            #expect(Base64URL.encode(bytes) == text)
            #expect(try Base64URL.decode(text) == bytes)
        }
    }

    @Test(arguments: ["Z", "Zm9vY", "Zm9vYmFyZ"])
    func `refuses a length that no octet string has`(text: String) {
        #expect(throws: Base64URL.Error.invalidLength) { try Base64URL.decode(text) }
    }

    @Test(arguments: [
        ("Zg==", 2), ("Zm8=", 3), ("+v++", 0), ("A/z_", 1), ("Zm9 ", 3), ("Zm\n9", 2), ("Zm9vZ.==", 5), ("Zm9vé", 4),
        ("\0AAA", 0), ("AA\u{7F}A", 2),
    ])
    func `refuses padding, the other alphabet, white space and the rest`(text: String, offset: Int) {
        #expect(throws: Base64URL.Error.invalidCharacter(offset: offset)) { try Base64URL.decode(text) }
    }

    @Test func `refuses each octet outside the alphabet at each place of a group`() {
        let alphabet = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for octet in UInt8.min...UInt8.max where !alphabet.contains(octet) {
            let whole = (0..<16).map { (16, $0) }
            for (count, place) in whole + [(4, 0), (4, 1), (4, 2), (4, 3), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)] {
                var text = [UInt8](repeating: UInt8(ascii: "A"), count: count)
                text[place] = octet
                #expect(throws: Base64URL.Error.invalidCharacter(offset: place)) { try Base64URL.decode(text.span) }
            }
        }
    }

    @Test func `accepts only the endings that an encoder writes`() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for (value, symbol) in alphabet.enumerated() {
            let one = try? Base64URL.decode("A\(symbol)")
            #expect((one != nil) == value.isMultiple(of: 16))
            let two = try? Base64URL.decode("AA\(symbol)")
            #expect((two != nil) == value.isMultiple(of: 4))
        }
        #expect(throws: Base64URL.Error.nonZeroTrailingBits) { try Base64URL.decode("Zh") }
        #expect(throws: Base64URL.Error.nonZeroTrailingBits) { try Base64URL.decode("Zm9") }
    }
}

import Foundation

@testable import ApusJOSE

extension Fuzzer {
    /// Base64url and Base64: each octet string has exactly one text, which Foundation agrees about.
    static let base64URL = Fuzzer(name: "base64url") { (octets) throws(Violation) in
        try checkEncoding(octets)
        try checkText(octets)
    }

    private static func checkEncoding(_ octets: [UInt8]) throws(Violation) {
        let padded = Data(octets).base64EncodedString()
        let text = Base64URL.encode(octets)
        try require(text == urlSafe(padded), "Base64url is Base64 with two other letters and no padding")
        let decoded = try succeed("What was encoded decodes") { try Base64URL.decode(text) }
        try require(decoded == octets, "What was encoded decodes to the same octets")
        let standard = try succeed("What Foundation encoded decodes") { try Base64.decode(padded) }
        try require(standard == octets, "What Foundation encoded decodes to the same octets")
    }

    private static func checkText(_ text: [UInt8]) throws(Violation) {
        if let decoded = try? Base64URL.decode(text.span) {
            try require(Array(urlSafe(Data(decoded).base64EncodedString()).utf8) == text, "The text is the one text")
        } else {
            let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
            let standard = String(decoding: text.map(standardLetter), as: UTF8.self) + padding
            let isCanonical = Data(base64Encoded: standard)
                .map { Array(urlSafe($0.base64EncodedString()).utf8) == text }
            try require(isCanonical != true, "The one text of some octets decodes")
        }
        if let decoded = try? Base64.decode(text[...]) {
            try require(Array(Data(decoded).base64EncodedString().utf8) == text, "The text is the one text")
        } else {
            let isCanonical = Data(base64Encoded: Data(text)).map { Array($0.base64EncodedData()) == text }
            try require(isCanonical != true, "The one text of some octets decodes")
        }
    }

    private static func standardLetter(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: letter
        }
    }

    private static func urlSafe(_ padded: String) -> String {
        padded.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

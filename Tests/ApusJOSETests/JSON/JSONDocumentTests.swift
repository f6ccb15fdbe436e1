import Testing

@testable import ApusJOSE

/// What is read member by member must be the same JSON as what is read in full.
@Suite struct JSONDocumentTests {
    private static let documents = [
        "{}", " { } ", "[]", "1", "null", "", "{", "}", #"{"a":1}"#, #"{"a":1,}"#, #"{"a" 1}"#, #"{"a":1 "b":2}"#,
        #"{"a":1}x"#,
        #"{"a":1,"a":2}"#, #"{"longer-than-seven":1,"longer-than-seven":2}"#,
        #"{"longer-than-seven":1,"longer-than-eight":2}"#,
        #"{"\u0061":1,"a":2}"#, #"{"é":1,"é":2}"#, #"{"a":"\"","b":"\u00e9"}"#, #"{"a":"\ud800"}"#, #"{"a":"\x"}"#,
        #"{"a":01}"#, #"{"a":1e999}"#, #"{"a":-0.5e-3,"b":true,"c":false,"d":null,"e":nul}"#,
        #"{"a":[1,{"b":1,"b":2}]}"#, #"{"a":{"b":[]},"c":[{}]}"#, #"{"":0}"#, #"{"aud":["x","y"],"exp":1.5}"#,
        "{" + (0..<16).map { #""n\#($0)":\#($0)"# }.joined(separator: ",") + "}",
        "{" + (0..<17).map { #""n\#($0)":\#($0)"# }.joined(separator: ",") + "}",
        "{" + (0..<17).map { #""n\#($0 % 16)":\#($0)"# }.joined(separator: ",") + "}",
        #"{"a":"# + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}",
    ]

    private static let claims =
        #"{"iss":"KestrunApi", "aud":["a","b"],"sub":"admin","name":"Zo\u00eb","iat":1700000000,"scope":"read write","ok":true}"#

    @Test(arguments: documents) func `is read as the whole is`(text: String) {
        Self.expectAgreement(Array(text.utf8))
    }

    @Test func `is read as the whole is, wherever it ends`() {
        let octets = Array(Self.claims.utf8)
        for count in octets.indices { Self.expectAgreement(Array(octets[..<count])) }
    }

    @Test func `is read as the whole is, whichever octet is changed`() {
        let octets = Array(Self.claims.utf8)
        let changes = [0x00, 0x1F, 0x20, 0x22, 0x2C, 0x30, 0x3A, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xFF] as [UInt8]
        for position in octets.indices {
            for change in changes {
                var changed = octets
                changed[position] = change
                Self.expectAgreement(changed)
            }
        }
    }

    /// RFC 8259 §8.3 leaves names that are compared as octets; JWT asks for it (RFC 7519 §7.3).
    @Test func `finds a name by its octets alone`() throws {
        let document = try #require(try JSONDocument(checking: Array(#"{"K":1,"eight888":2}"#.utf8)))
        #expect(document["K"] == 1)
        #expect(document["\u{212A}"] == nil)
        #expect(document["eight888"] == 2)
        #expect(document["eight88"] == nil)
        #expect(document["k"] == nil)
    }

    /// RFC 7519 §4.1: the three letters are the name, and not the beginning of one.
    @Test func `no longer name is taken for a short one`() {
        let name = "iss" + String(repeating: "\0", count: 256)
        for count in 4...name.count { #expect(NameAbstract(of: String(name.prefix(count))) != NameAbstract(of: "iss")) }
        #expect(NameAbstract(of: "iss") != NameAbstract(of: "is") && NameAbstract(of: "") != NameAbstract(of: "\0"))
    }

    /// A name is read otherwise where the document ends behind it.
    @Test func `a name is the same wherever it stands`() {
        #expect(NameAbstract(of: "iss").word == 0x6973_7300_0000_0003)
        #expect(NameAbstract(of: "audience").word == 0x6175_6469_656E_6308)
        let letters = Array("abcdefghijkl".utf8)
        for count in 0...letters.count {
            let name = Array(letters[..<count])
            let words = (0...12).map { following in
                let text = Array("{\"".utf8) + name + Array(repeating: UInt8(ascii: "~"), count: following)
                return NameAbstract(2..<2 + count, in: text.span).word
            }
            #expect(Set(words + [NameAbstract(of: String(decoding: name, as: UTF8.self)).word]).count == 1)
        }
    }

    private static func expectAgreement(_ octets: [UInt8]) {
        let text = String(decoding: octets, as: UTF8.self)
        do {
            let whole = try JSONValue.parse(octets)
            let document = try JSONDocument(checking: octets)
            guard let document, let object = whole.object else { return }
            #expect(document.object == object, "\(text)")
            for member in object.members { #expect(document[member.name] == member.value, "\(text)") }
        } catch {
            // Nil is no answer: the whole is read then, and says what is wrong.
            do {
                if try JSONDocument(checking: octets) != nil {
                    Issue.record("accepted \(text), which is no JSON: \(error)")
                }
            } catch let failure {
                #expect(failure == error, "\(text)")
            }
        }
    }
}

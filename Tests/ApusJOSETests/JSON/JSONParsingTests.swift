import ApusJOSE
import Testing

@Suite struct JSONParsingTests {
    static let documents: [(String, JSONValue)] = [
        ("null", .null), ("true", true), ("false", false), ("0", 0), ("-0", 0), ("42", 42), ("-7", -7),
        (" \t\r\n1 \t\r\n", 1), ("\"\"", ""), ("\"a\"", "a"), ("[]", []), ("[ ]", []), ("{}", [:]), ("{ }", [:]),
        ("[1, [2], {\"a\" : 3}]", [1, [2], ["a": 3]]), ("{\"b\":1,\"a\":[true,null]}", ["b": 1, "a": [true, nil]]),
        ("{\"\":0}", ["": 0]), ("\"é😀\u{2028}\"", "é😀\u{2028}"), ("\"\u{7F}\"", "\u{7F}"),
    ]

    @Test(arguments: documents)
    func `reads what RFC 8259 allows`(text: String, value: JSONValue) throws {
        #expect(try JSONValue.parse(text) == value)
    }

    // RFC 8259 §7.
    @Test(arguments: [
        (#""\" \\ \/ \b \f \n \r \t""#, "\" \\ / \u{8} \u{C} \n \r \t"), (#""\u0041\u00e9\u00E9""#, "Aéé"),
        (#""\uD834\uDD1E""#, "\u{1D11E}"), (#""\u0000""#, "\0"), (#""é\u0061é""#, "éaé"), (#""\uFFFF""#, "\u{FFFF}"),
        (#""plain text before \n and after it""#, "plain text before \n and after it"),
    ])
    func `reads every escape`(text: String, string: String) throws {
        #expect(try JSONValue.parse(text).string == string)
    }

    static let refusals: [(String, Int, JSONParsingError.Expectation)] = [
        ("", 0, .value), (" ", 1, .value), ("nul", 0, .value), ("True", 0, .value),
        ("'a'", 0, .value), ("NaN", 0, .value), ("Infinity", 0, .value), ("+1", 0, .value), (".5", 0, .value),
        ("[1,]", 3, .value), ("[,1]", 1, .value), ("[1 2]", 3, .commaOrEnd), ("[1", 2, .commaOrEnd), ("[", 1, .value),
        ("{\"a\":1,}", 7, .name), ("{,}", 1, .name), ("{a:1}", 1, .name), ("{1:1}", 1, .name), ("{", 1, .name),
        ("{\"a\" 1}", 5, .colon), ("{\"a\"", 4, .colon), ("{\"a\":}", 5, .value), ("{\"a\":1 \"b\":2}", 7, .commaOrEnd),
        ("1 2", 2, .end), ("{}x", 2, .end), ("[]]", 2, .end), ("null\0", 4, .end), ("// c\n1", 0, .value),
        ("01", 1, .end), ("-", 1, .digit), ("-a", 1, .digit), ("1.", 2, .digit), ("1.e5", 2, .digit), ("1e", 2, .digit),
        ("1e+", 3, .digit), ("0x10", 1, .end), ("-01", 2, .end),
        ("1e400", 0, .finiteNumber), ("-1e999", 0, .finiteNumber),
        ("\"a", 2, .closingQuote), ("\"a\nb\"", 2, .escapedControlCharacter), ("\"\0\"", 1, .escapedControlCharacter),
        ("\"\u{1F}\"", 1, .escapedControlCharacter), (#""\x""#, 1, .escape), (#""\"#, 1, .escape),
        (#""\u12""#, 1, .escape),
        (#""\u12G4""#, 1, .escape), (#""\U0041""#, 1, .escape), (#""\u+123""#, 1, .escape),
        (#""\uD834""#, 1, .pairedSurrogate), (#""\uDD1E""#, 1, .pairedSurrogate), (#""\uD834x""#, 1, .pairedSurrogate),
        (#""\uD834\n""#, 1, .pairedSurrogate), (#""\uD834\uD834""#, 1, .pairedSurrogate),
        (#""\uD834\u0041""#, 1, .pairedSurrogate), (#""\uDC00\uDC00""#, 1, .pairedSurrogate),
        (#""\uDD1E\uD834""#, 1, .pairedSurrogate),
        ("{\"a\":1,\"a\":1}", 7, .uniqueName), (#"{"a":1,"\u0061":2}"#, 7, .uniqueName),
        ("\u{FEFF}1", 0, .noByteOrderMark),
    ]

    @Test(arguments: refusals)
    func `refuses the rest and says where and what it expected`(
        text: String,
        offset: Int,
        expected: JSONParsingError.Expectation
    ) throws {
        let error = try #require(throws: JSONParsingError.self) { try JSONValue.parse(text) }
        #expect(error.offset == offset)
        #expect(error.expected == expected)
    }

    // Overlong, surrogate, beyond U+10FFFF, lone continuation, truncated, never valid (Unicode 15 §3.9, table 3-7).
    @Test(
        arguments: [
            [0xC0, 0x80], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xC3],
            [0xE2, 0x82],
            [0xFF], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]]
    )
    func `refuses octets that are not UTF-8`(octets: [UInt8]) throws {
        let quote = UInt8(ascii: "\"")
        let error = try #require(throws: JSONParsingError.self) { try JSONValue.parse([quote] + octets + [quote]) }
        #expect(error.offset == 1)
        #expect(error.expected == .validUTF8)
    }

    @Test func `reads strings of every length, with each kind of octet in every place`() throws {
        for count in 0...20 {
            for place in 0..<max(1, count) {
                for (written, meant) in [("\\\"", "\""), ("\\\\", "\\"), ("é", "é"), ("\u{7F}", "\u{7F}"), (" ", " ")] {
                    let (before, after) = (
                        String(repeating: "a", count: place), String(repeating: "z", count: count - place)
                    )
                    let value = try JSONValue.parse("[\"\(before)\(written)\(after)\",\"b\"]")
                    #expect(value == .array([.string(before + meant + after), .string("b")]))
                }
                for control in [0, 0x0A, 0x1F] as [UInt8] {
                    var text = [UInt8](repeating: UInt8(ascii: "a"), count: count + 3)
                    (text[0], text[count + 2], text[place + 1]) = (0x22, 0x22, control)
                    let error = #expect(throws: JSONParsingError.self) { try JSONValue.parse(text) }
                    #expect(error?.offset == place + 1 && error?.expected == .escapedControlCharacter)
                }
            }
        }
    }

    @Test func `refuses every truncation of a document`() throws {
        let document = [UInt8](#"{"a":[1,-2.5e3,"x\u00e9\uD834\uDD1Eé"],"b":{"c":null,"d":true},"e":"\n"}"#.utf8)
        #expect(throws: Never.self) { try JSONValue.parse(document) }
        for count in 0..<document.count {
            #expect(throws: JSONParsingError.self) { try JSONValue.parse([UInt8](document[..<count])) }
        }
    }

    @Test func `refuses a duplicate among many names`() throws {
        let members = (0..<1000).map { "\"name\($0)\":\($0)" }
        let whole = try JSONValue.parse("{" + members.joined(separator: ",") + "}")
        #expect(whole.object?.members.count == 1000)
        #expect(whole["name999"] == 999)
        for duplicate in ["name0", "name15", "name16", "name17", "name999"] {
            let text = "{" + members.joined(separator: ",") + ",\"\(duplicate)\":1}"
            let error = try #require(throws: JSONParsingError.self) { try JSONValue.parse(text) }
            #expect(error.expected == .uniqueName)
        }
    }

    // Far beyond a minute if each name were compared with all before it.
    @Test(.timeLimit(.minutes(1)))
    func `reads a hundred thousand names without comparing each with all`() throws {
        let text = "{" + (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try JSONValue.parse(text).object?.members.count == 100_000)
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func `nests 32 deep and no deeper`(open: String, close: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        #expect(throws: Never.self) { try JSONValue.parse(nested(32)) }
        let error = try #require(throws: JSONParsingError.self) { try JSONValue.parse(nested(33)) }
        #expect(error.offset == 32 * open.utf8.count)
        #expect(error.expected == .lessDepth)
        #expect(throws: Never.self) { try JSONValue.parse(nested(33), maximumDepth: 33) }
        #expect(throws: JSONParsingError.self) { try JSONValue.parse(nested(1), maximumDepth: 0) }
    }

    @Test func `counts depth, not the number of arrays`() {
        #expect(throws: Never.self) { try JSONValue.parse("[[],[],[]]", maximumDepth: 2) }
    }

    @Test func `survives a hundred thousand brackets whatever depth is asked for`() {
        let text = String(repeating: "[", count: 100_000)
        #expect(throws: JSONParsingError.self) { try JSONValue.parse(text, maximumDepth: .max) }
    }

    @Test func `shows nothing of the document in its error`() throws {
        let error = try #require(throws: JSONParsingError.self) { try JSONValue.parse("{\"secret\":hunter2}") }
        #expect(error.description == "Expected a value at octet 10")
    }
}

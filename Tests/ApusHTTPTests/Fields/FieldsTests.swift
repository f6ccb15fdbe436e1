import ApusHTTP
import Testing

@Suite struct FieldsTests {
    /// The same lines, built by hand and read from the wire.
    private static func both(_ lines: KeyValuePairs<String, String>) throws -> [HTTP.Fields] {
        var built = HTTP.Fields()
        var text = "GET / HTTP/1.0\r\n"
        for (name, value) in lines {
            try built.append(HTTP.FieldName(validating: name), value)
            text += "\(name): \(value)\r\n"
        }
        let read = try #require(try head(of: text + "\r\n")).fields
        return [built, read]
    }

    @Test func `finds values by name in either case`() throws {
        for fields in try Self.both(["Accept": "a", "X-One": "1"]) {
            #expect(fields[.accept] == "a" && fields["ACCEPT"] == "a" && fields["x-one"] == "1")
            #expect(fields["X-Two"] == nil && fields["X-On"] == nil)
            #expect(fields.contains("x-ONE") && !fields.contains(.host))
            #expect(fields.bytes(of: "x-one").map(Array.init) == [0x31] && fields.bytes(of: .host) == nil)
        }
    }

    @Test func `combines lines as RFC 9110 §5.3 says`() throws {
        for fields in try Self.both(["Accept": "a", "X": "1", "accept": "b, c", "ACCEPT": ""]) {
            #expect(fields[.accept] == "a, b, c, ")
            #expect(fields.values(of: .accept) == ["a", "b, c", ""])
            #expect(fields.count(of: .accept) == 3 && fields.count(of: .host) == 0 && fields.count == 4)
        }
    }

    @Test func `never combines Set-Cookie, and combines Cookie as RFC 9113 §8.2.3 says`() throws {
        for fields in try Self.both(["Set-Cookie": "a=1", "Cookie": "x=1", "set-cookie": "b=2", "Cookie": "y=2"]) {
            #expect(fields[.setCookie] == "a=1" && fields.values(of: .setCookie) == ["a=1", "b=2"])
            #expect(fields[.cookie] == "x=1; y=2")
        }
    }

    @Test func `gives lines in order, as they are spelled`() throws {
        for fields in try Self.both(["B": "1", "a": "2", "B": "3"]) {
            #expect(fields.map(\.name) == ["B", "a", "B"] && fields.map(\.value) == ["1", "2", "3"])
        }
    }

    @Test func `reads octets that are not UTF-8 as ISO-8859-1`() {
        let request = Array("GET / HTTP/1.0\r\nX: ".utf8) + [0xFC, 0x62] + Array("\r\nY: ü\r\n\r\n".utf8)
        let fields = Transcript(feeding: [request]).messages.first?.fields
        #expect(fields?["X"] == "üb" && fields?["Y"] == "ü")
    }

    @Test func `is equal for equal values under names in either case, in the same order`() throws {
        let left = try Self.both(["A": "1", "B": "2"])
        #expect(left[0] == left[1])
        #expect(try left[0] == Self.both(["a": "1", "b": "2"])[1])
        for other: KeyValuePairs in [["B": "2", "A": "1"], ["A": "1"], ["A": "1", "B": "3"], ["A": "1", "C": "2"]] {
            #expect(try left[0] != Self.both(other)[0])
        }
        #expect(try Self.both(["A": "x"])[0] != Self.both(["A": "X"])[0])
    }

    @Test func `shows no credentials, in whatever way it is shown`() throws {
        let lines: KeyValuePairs = [
            "authorization": "Basic s3cret", "Proxy-Authorization": "s3cret", "Cookie": "s3cret",
            "Set-Cookie": "s3cret", "X-API-Key": "s3cret", "X": "shown",
        ]
        for fields in try Self.both(lines) {
            var dumped = ""
            dump(fields, to: &dumped)
            for text in [fields.description, String(reflecting: fields), "\([fields])", dumped] {
                #expect(!text.contains("s3cret") && !text.contains("115"))
            }
            #expect(fields.description.hasPrefix("authorization: <redacted>\n"))
            #expect(fields.description.hasSuffix("\nX: shown"))
        }
    }
}

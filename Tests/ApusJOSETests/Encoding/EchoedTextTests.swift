import Testing

@testable import ApusJOSE

@Suite struct EchoedTextTests {
    @Test(arguments: [
        ("orders", "orders"), ("", ""), ("a b/c:d%'~", "a b/c:d%'~"), (#"say "hi" \o/"#, "say %22hi%22 %5Co/"),
        ("line\r\nSet-Cookie: a", "line%0D%0ASet-Cookie: a"), ("nul\0del\u{7F}", "nul%00del%7F"), ("é", "%C3%A9"),
        ("\u{202E}", "%E2%80%AE"),
    ])
    func `escapes what a quoted-string or a log line cannot hold`(text: String, echoed: String) {
        #expect(EchoedText(text).description == echoed)
    }

    @Test func `cuts to 64 characters and splits no escape`() {
        #expect(EchoedText(String(repeating: "a", count: 100)).description == String(repeating: "a", count: 64))
        #expect(
            EchoedText(String(repeating: "a", count: 62) + "\"b").description == String(repeating: "a", count: 62)
        )
        #expect(
            EchoedText(String(repeating: "a", count: 61) + "\"b").description == String(repeating: "a", count: 61)
                + "%22"
        )
    }

    @Test func `leaves text alone that it has made safe before`() {
        let once = EchoedText("\"é\"" + String(repeating: "x", count: 90)).description
        #expect(EchoedText(once).description == once)
    }
}

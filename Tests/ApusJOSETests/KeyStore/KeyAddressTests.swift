import Testing

@testable import ApusJOSE

/// Whoever can change what such an address answers can sign tokens.
@Suite struct KeyAddressTests {
    @Test(arguments: [
        "https://example.com", "HTTPS://example.com/keys?a=b", "https://[2001:db8::1]:8443/keys", "https://127.0.0.1/",
    ])
    func `takes https`(text: String) {
        #expect(KeyAddress(text)?.isSecure == true)
    }

    @Test(arguments: [
        "http://127.0.0.1:5000/keys", "http://127.255.0.1", "http://localhost/", "http://LOCALHOST", "http://[::1]:80/",
    ])
    func `takes http to this machine alone, and only when told to`(text: String) {
        #expect(KeyAddress(text) == nil)
        #expect(KeyAddress(text, allowInsecureHTTP: true)?.isSecure == false)
    }

    @Test(arguments: [
        "http://example.com", "http://127.0.0.1.example.com", "http://127.1", "http://0177.0.0.1", "http://127.0.0.256",
        "http://128.0.0.1", "http://[::2]", "http://localhost.example.com", "http://0.0.0.0",
        "http://127.0.0.1@example.com",
        "https://user:secret@example.com", "https://example.com/#keys", "https://", "https:", "//example.com", "/keys",
        "",
        "file:///keys", "data:,x", "https://exa mple.com", "https://example.com/a b", "https://example.com:0",
        "https://example.com:65536", "https://example.com:99999999999999999999/", "https://example.com/\r\nHost: x",
    ])
    func `takes nothing else`(text: String) {
        #expect(KeyAddress(text, allowInsecureHTTP: true) == nil)
    }

    @Test func `tells one server from another`() throws {
        let own = try #require(KeyAddress("https://example.com/a"))
        for text in ["https://EXAMPLE.com:443/b", "https://example.com"] {
            #expect(try #require(KeyAddress(text)).hasOrigin(of: own))
        }
        for text in ["https://example.com:444/a", "https://www.example.com/a", "https://example.org/a"] {
            #expect(try #require(KeyAddress(text)).hasOrigin(of: own) == false)
        }
    }
}

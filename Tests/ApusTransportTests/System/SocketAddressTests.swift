import Testing

@testable import ApusTransport

@Suite struct SocketAddressTests {
    static let numeric: [(host: String, port: Int, text: String)] = [
        ("127.0.0.1", 80, "127.0.0.1:80"), ("0.0.0.0", 0, "0.0.0.0:0"), ("localhost", 65_535, "127.0.0.1:65535"),
        ("::1", 443, "[::1]:443"), ("::", 0, "[::]:0"), ("2001:db8::1", 1, "[2001:db8::1]:1"),
    ]

    @Test(arguments: numeric)
    func `takes numeric addresses`(row: (host: String, port: Int, text: String)) throws {
        let address = try #require(SocketAddress(host: row.host, port: row.port))
        #expect(address.description == row.text && address.port == row.port)
    }

    @Test(arguments: ["example.org", "", "127.0.0.1.5", "256.0.0.1", "127.1", "1::2::3", "[::1]"])
    func `takes no names and nothing malformed`(host: String) {
        #expect(SocketAddress(host: host, port: 80) == nil)
    }

    @Test(arguments: [-1, 65_536, .max])
    func `takes no port out of range`(port: Int) {
        #expect(SocketAddress(host: "127.0.0.1", port: port) == nil)
    }
}

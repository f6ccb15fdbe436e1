import ApusTransport
import Testing

@Suite struct NetworkTests {
    @Test(arguments: [
        ("192.0.2.1", [192, 0, 2, 1]), ("0.0.0.0", [0, 0, 0, 0]),
        ("2001:db8:1:2:3:4:5:6", [0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 2]),
        ("2001:DB8:1:2::", [0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 2]),
        ("::1", [0, 0, 0, 0, 0, 0, 0, 0]), ("fe80::1%eth0", [0xFE, 0x80, 0, 0, 0, 0, 0, 0]),
        // RFC 4291 §2.5.5.2.
        ("::ffff:192.0.2.1", [192, 0, 2, 1]), ("::FFFF:c000:201", [192, 0, 2, 1]),
    ])
    func `a client commands an IPv4 address, or 64 bits of IPv6`(host: String, network: [UInt8]) {
        #expect(SocketAddress.network(ofHost: host) == network)
    }

    @Test(arguments: [
        "", "localhost", "example.org", "/run/a.socket", "1.2.3", "1.2.3.4.5", "2001:db8", "[::1]", "%eth0", " ::1",
    ])
    func `what is no numeric address has no network`(host: String) {
        #expect(SocketAddress.network(ofHost: host) == nil)
    }
}

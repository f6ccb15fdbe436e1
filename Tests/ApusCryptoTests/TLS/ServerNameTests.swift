import Testing

@testable import ApusCrypto

struct ServerNameTests {
    /// The content of a server_name extension with one entry (RFC 6066 §3).
    private static func content(_ name: [UInt8], kind: UInt8 = 0) -> [UInt8] {
        let entry = [kind, UInt8(name.count >> 8), UInt8(name.count & 0xFF)] + name
        return [UInt8(entry.count >> 8), UInt8(entry.count & 0xFF)] + entry
    }

    private static func hostName(_ content: [UInt8]) -> String? {
        content.withUnsafeBufferPointer(ServerName.hostName)
    }

    @Test(arguments: [
        ("a", "a"), ("Example.ORG", "example.org"), ("example.org.", "example.org"), ("xn--bcher-kva", "xn--bcher-kva"),
    ])
    func `reads a host name`(sent: String, read: String) {
        #expect(Self.hostName(Self.content(Array(sent.utf8))) == read)
    }

    @Test func `reads no part of a name that is cut off, or followed by more than its list says`() {
        let whole = Self.content(Array("example.org".utf8))
        for count in 0..<whole.count { #expect(Self.hostName(Array(whole[..<count])) == nil) }
        #expect(Self.hostName(whole + [0]) == nil)
        var beyond = whole
        beyond[4] += 1
        #expect(Self.hostName(beyond) == nil)
    }

    @Test(arguments: [[], [0x2E], [0x61, 0, 0x62], [0x61, 0x20], [0xC3, 0xBC], [UInt8](repeating: 0x61, count: 256)])
    func `a host name has 1 to 255 graphic octets of ASCII`(name: [UInt8]) {
        #expect(Self.hostName(Self.content(name)) == nil)
    }

    @Test func `another kind of name is none`() {
        #expect(Self.hostName(Self.content(Array("example.org".utf8), kind: 1)) == nil)
    }
}

import ApusHTTP
import Testing

/// RFC 3986 §3.2.2 and §3.2.3, through Host (RFC 9110 §7.2).
@Suite struct AuthorityTests {
    @Test(arguments: [
        "example.com", "example.com:8080", "example.com:", "127.0.0.1:80", "EXAMPLE", "a_b-c~d.e",
        "xn--bcher-kva.example", "%C3%BC.example", "a!$&'()*+;=", "[::]", "[::1]:5000", "[2001:db8::7]",
        "[1:2:3:4:5:6:7:8]", "[1::8]",
        "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]", "[::ffff:192.0.2.128]", "[1:2:3:4:5:6:1.2.3.4]", "[fe80::abCD:0001]",
        "[v1.a:b]", "[vAF.x]", "a:65535", "a:0", "a:00080",
    ])
    func `takes a valid host`(_ host: String) throws {
        #expect(try #require(try head(of: "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")).host == host)
        #expect(try #require(try head(of: "GET http://\(host)/ HTTP/1.1\r\nHost:\r\n\r\n")).host == host)
    }

    @Test(arguments: [
        ":80", "a:b", "a:80:80", "a:65536", "a:99999999999999999999", "a:-1", "a:+80", "a b", "a@b", "a/b",
        "a?b", "a#b", "a\\b", "a\"b", "a<b", "a{b", "a|b", "a^b", "%", "%4", "%zz", "a%", "a%4", "a%g0", "[",
        "]", "[]", "[::1", "::1", "[::1]x", "[::1]80", "[::1]:x", "[:::]", "[:1]", "[1:]", "[1::2::3]",
        "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]", "[12345::]", "[g::]", "[::1.2.3]",
        "[::1.2.3.4.5]", "[::256.1.1.1]", "[::01.1.1.1]", "[::1.2.3.4:5]", "[1.2.3.4]",
        "[1:2:3:4:5:6:7:1.2.3.4]", "[fe80::1%25eth0]", "[v.a]", "[v1.]", "[v1]", "[vg.a]", "[v1.a/b]",
        "ü.example",
    ])
    func `refuses a host that is not valid`(_ host: String) {
        #expect(Transcript("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").failure?.reason == .invalidHost)
    }

    @Test(arguments: 0..<20)
    func `looks at each character wherever it stands`(place: Int) {
        // unreserved and sub-delims, RFC 3986 §2.2 and §2.3
        let allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;="
        for octet in UInt8(0x21)...0x7E {
            let character = Character(Unicode.Scalar(octet))
            let host = String(repeating: "a", count: place) + "\(character)" + String(repeating: "z", count: 19 - place)
            let fault = Transcript("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").failure?.reason
            // A colon at the end stands before an empty port.
            let isValid = allowed.contains(character) || character == ":" && place == 19
            #expect(fault == (isValid ? nil : .invalidHost), "\(host)")
        }
    }
}

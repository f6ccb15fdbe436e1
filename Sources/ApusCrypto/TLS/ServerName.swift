/// Reads the host name that a client asks for.
enum ServerName {
    /// The name in a server_name extension (RFC 6066 §3), in lower case and without a dot at its end.
    ///
    /// Nil for what is no host name: OpenSSL, which reads the extension once more, ends the handshake where it is malformed.
    static func hostName(in content: UnsafeBufferPointer<UInt8>) -> String? {
        // The list's length, the kind of its first entry (0, a host name), and the length of that.
        guard content.count > 5, content.count - 2 == length(content, at: 0), content[2] == 0 else { return nil }
        let end = 5 + length(content, at: 3)
        guard end <= content.count else { return nil }
        var name = content[5..<end]
        if name.last == UInt8(ascii: ".") { name = name.dropLast() }
        guard (1...maximumOctets).contains(name.count), name.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
        return String(decoding: name, as: UTF8.self).lowercased()
    }

    /// RFC 1035 §2.3.4.
    private static let maximumOctets = 255

    private static func length(_ content: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        Int(content[index]) << 8 | Int(content[index + 1])
    }
}

/// A ClientHello written octet by octet from RFC 5246 §7.4.1.2, for offers that no library makes any more.
struct ClientHello {
    var version: [UInt8] = [3, 3]
    var suites: [[UInt8]] = [[0xC0, 0x2B]]
    var compressions: [UInt8] = [0]

    /// P-256 (RFC 8422 §5.1.1), uncompressed points (§5.1.2), ECDSA with SHA-256 (RFC 5246 §7.4.1.4.1).
    private static let extensions: [UInt8] = [
        0x00, 0x0A, 0x00, 0x04, 0x00, 0x02, 0x00, 0x17,
        0x00, 0x0B, 0x00, 0x02, 0x01, 0x00,
        0x00, 0x0D, 0x00, 0x04, 0x00, 0x02, 0x04, 0x03,
    ]

    var record: [UInt8] {
        var body = version
        body += (0..<32).map { UInt8($0) }
        body += [0]
        body += [0, UInt8(suites.count * 2)] + suites.joined()
        body += [UInt8(compressions.count)] + compressions
        body += [0, UInt8(Self.extensions.count)] + Self.extensions
        let message = [1, 0, 0, UInt8(body.count)] + body
        return [22, 3, 1, 0, UInt8(message.count)] + message
    }
}

/// An alert record in plaintext (RFC 5246 §7.2, RFC 8446 §6): level and description of the last one in `octets`.
struct Alert: Equatable {
    static let handshakeFailure = Alert(level: 2, description: 40)
    static let protocolVersion = Alert(level: 2, description: 70)
    static let noApplicationProtocol = Alert(level: 2, description: 120)

    let level: UInt8
    let description: UInt8

    init(level: UInt8, description: UInt8) {
        self.level = level
        self.description = description
    }

    init?(lastOf octets: [UInt8]) {
        let record = Array(octets.suffix(7))
        guard record.count == 7, record[0] == 21, record[1] == 3, record[3] == 0, record[4] == 2 else { return nil }
        self.init(level: record[5], description: record[6])
    }
}

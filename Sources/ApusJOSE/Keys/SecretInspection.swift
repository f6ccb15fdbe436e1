/// Recognises what people put in place of an HMAC secret by mistake.
///
/// A server that takes a public key for a secret accepts tokens that anyone can sign (CVE-2015-9235 and its kin).
enum SecretInspection {
    static func looksLikeKeyFile(_ bytes: Span<UInt8>) -> Bool {
        contains("-----BEGIN", bytes) || isKeyText(bytes) || isDER(bytes)
    }

    private static func isKeyText(_ bytes: Span<UInt8>) -> Bool {
        let start = bytes.indices.first { !isSpace(bytes[$0]) } ?? 0
        let text = bytes.extracting(droppingFirst: start)
        if hasPrefix("ssh-", text) || hasPrefix("ecdsa-sha2-", text) { return true }
        if hasPrefix("{", text), contains("\"kty\"", text) { return true }
        // A PEM body without its armour: the first octets of a long SEQUENCE (30 82) in Base64.
        return hasPrefix("MII", text) && text.count >= 128 && text.indices.allSatisfy { isBase64(text[$0]) }
    }

    /// One SEQUENCE from end to end that begins as X.509, PKCS #1, PKCS #8, SEC 1 and SPKI do.
    private static func isDER(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 16, bytes[0] == 0x30 else { return false }
        let start: Int
        switch bytes[1] {
        case ..<0x80 where Int(bytes[1]) == bytes.count - 2: start = 2
        case 0x81 where Int(bytes[2]) == bytes.count - 3: start = 3
        case 0x82 where Int(bytes[2]) << 8 | Int(bytes[3]) == bytes.count - 4: start = 4
        default: return false
        }
        switch (bytes[start], bytes[start + 1], bytes[start + 2]) {
        case (0x02, 0x01, _), (0x02, 0x81, _), (0x02, 0x82, _), (0x30, 0x81, _), (0x30, 0x82, _), (0x30, _, 0x06):
            return true
        default: return false
        }
    }

    private static func contains(_ text: StaticString, _ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= text.utf8CodeUnitCount else { return false }
        return (0...bytes.count - text.utf8CodeUnitCount).contains { start in
            hasPrefix(text, bytes.extracting(droppingFirst: start))
        }
    }

    private static func hasPrefix(_ text: StaticString, _ bytes: Span<UInt8>) -> Bool {
        text.withUTF8Buffer { letters in
            bytes.count >= letters.count && letters.indices.allSatisfy { letters[$0] == bytes[$0] }
        }
    }

    private static func isSpace(_ octet: UInt8) -> Bool {
        octet == 0x20 || (0x09...0x0D).contains(octet)
    }

    private static func isBase64(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            true
        default: isSpace(octet)
        }
    }
}

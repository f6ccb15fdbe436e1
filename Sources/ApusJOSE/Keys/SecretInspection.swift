import ApusCrypto

/// Recognises what people put in place of an HMAC secret by mistake.
///
/// A server that takes a public key for a secret accepts tokens that anyone can sign (CVE-2015-9235 and its kin). What is
/// refused: text with the armour of PEM, an SSH public key, a JWK, the DER of a key or certificate, and that DER in Base64
/// of either alphabet. DER is told by a SEQUENCE that ends where the octets end and begins as keys do; of random secrets
/// fewer than one in 2^29 look like that.
enum SecretInspection {
    static func looksLikeKeyFile(_ bytes: Span<UInt8>) -> Bool {
        contains("-----BEGIN", bytes) || isKeyText(bytes) || isDER(bytes)
    }

    private static func isKeyText(_ bytes: Span<UInt8>) -> Bool {
        // Some editors put U+FEFF in front of a text.
        let mark = hasPrefix("\u{FEFF}", bytes) ? 3 : 0
        let start = bytes.indices.first { $0 >= mark && !isSpace(bytes[$0]) } ?? 0
        let text = bytes.extracting(droppingFirst: start)
        if hasPrefix("ssh-", text) || hasPrefix("ecdsa-sha2-", text) { return true }
        if hasPrefix("{", text), contains("\"kty\"", text) { return true }
        return isPEMBody(text)
    }

    /// The lines of a PEM file without its armour.
    private static func isPEMBody(_ text: Span<UInt8>) -> Bool {
        // 30, the tag of a SEQUENCE, in Base64: most secrets are done with here.
        guard text.count >= 22, text[0] == UInt8(ascii: "M"), (UInt8(ascii: "A")...UInt8(ascii: "P")).contains(text[1]),
            text.indices.allSatisfy({ isBase64(text[$0]) })
        else { return false }
        // Also several bodies in one, or one that was cut off.
        if hasPrefix("MII", text), text.count >= 128 { return true }
        let count = text.indices.count { !isSpace(text[$0]) && text[$0] != UInt8(ascii: "=") }
        let symbols = SecretBytes(count: count) { symbols in
            var end = 0
            for index in text.indices where !isSpace(text[index]) && text[index] != UInt8(ascii: "=") {
                symbols[end] = urlSafe(text[index])
                end += 1
            }
        }
        return symbols.withBytes { symbols in
            guard let count = try? Base64URL.decodedCount(symbols.count),
                let octets = try? SecretBytes(
                    count: count, fill: { octets in try Base64URL.decode(symbols, into: &octets) })
            else { return false }
            return octets.withBytes(isDER)
        }
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

    private static func urlSafe(_ octet: UInt8) -> UInt8 {
        switch octet {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: octet
        }
    }

    private static func isBase64(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "="):
            true
        default: isSpace(octet)
        }
    }
}

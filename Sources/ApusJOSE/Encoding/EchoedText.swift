/// Text from a peer, made safe to stand in an HTTP quoted-string (RFC 9110 §5.6.4) and in a line of a log.
///
/// Quotes, backslashes, control characters and all that is not ASCII become `%XX` for each octet of UTF-8; of the result
/// 64 characters stay. Text that is safe already stays as it is.
package struct EchoedText: CustomStringConvertible {
    static let maximumCount = 64

    package let description: String

    package init(_ text: String) {
        var echoed: [UInt8] = []
        for octet in text.utf8 {
            let isSafe = (0x20..<0x7F).contains(octet) && octet != UInt8(ascii: "\"") && octet != UInt8(ascii: "\\")
            let escape = [UInt8(ascii: "%"), Hexadecimal.digit(octet >> 4), Hexadecimal.digit(octet & 0x0F)]
            let addition = isSafe ? [octet] : escape
            guard echoed.count + addition.count <= Self.maximumCount else { break }
            echoed += addition
        }
        description = String(decoding: echoed, as: UTF8.self)
    }
}

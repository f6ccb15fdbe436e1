import ApusCrypto
import ApusHTTP
import ApusJOSE

/// Tells one content of a resource from another (RFC 9110 §8.8.3).
struct EntityTag: Sendable, Equatable, CustomStringConvertible {
    /// As it stands in a header field, in quotation marks.
    let description: String

    /// A strong tag: the content's hash.
    init(of content: [UInt8]) {
        description = "\"" + Base64URL.encode(DigestAlgorithm.digest(.sha256, content.span)) + "\""
    }

    /// Whether the client has this content already, by the request's If-None-Match (RFC 9110 §13.1.2).
    ///
    /// A field that is no list of tags matches nothing: the worst that comes of it is the content sent once more.
    func isKnown(to headers: HTTP.Fields) -> Bool {
        headers.values(of: .ifNoneMatch).contains { value in
            // A comma may stand within a tag, but never within one made here, so a piece of another cannot match.
            value.split(separator: ",").contains { element in
                let tag = element.trimmingOptionalWhitespace
                // The comparison is the weak one: what a cache made weak on the way is the same content.
                return tag == "*" || tag == description || tag == "W/" + description
            }
        }
    }
}

extension Substring {
    fileprivate var trimmingOptionalWhitespace: Substring {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        var text = drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }
}

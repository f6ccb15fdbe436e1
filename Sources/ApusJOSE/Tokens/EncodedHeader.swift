/// The header of a key's plain tokens beside the segment that encodes it.
///
/// A class, since each token that is issued has one.
final class EncodedHeader: Sendable {
    let header: JOSEHeader
    let segment: [UInt8]

    convenience init(algorithm: SignatureAlgorithm, kid: String) {
        self.init(["alg": .string(algorithm.rawValue), "typ": "JWT", "kid": .string(kid)])
    }

    init(_ members: JSONObject) {
        var document: [UInt8] = []
        JSONWriter.write(members, to: &document)
        var segment: [UInt8] = []
        Base64URL.append(document.span, to: &segment)
        header = JOSEHeader(members)
        self.segment = segment
    }

    func isEncoded(as other: Span<UInt8>) -> Bool {
        let segment = segment
        return segment.span.hasSameOctets(as: other)
    }
}

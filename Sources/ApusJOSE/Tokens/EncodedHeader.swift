/// The header of a key's plain tokens beside the segment that encodes it.
struct EncodedHeader: Sendable {
    let header: JOSEHeader
    let segment: [UInt8]

    init(algorithm: SignatureAlgorithm, kid: String) {
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
        segment.span.hasSameOctets(as: other)
    }
}

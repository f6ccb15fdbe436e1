extension HTTP.Fields {
    /// Appends the lines, except those by which the server says how the content is delimited.
    func encodeWithoutFraming(into out: inout OctetBuffer) {
        if isSerialized, !roles.containsFraming {
            out.append(contentsOf: octets)
            return
        }
        let octets = octets.span
        for line in lines where !FieldRole(octets, line.name.range).isFraming { encode(line, into: &out) }
    }

    /// Appends the lines that may stand after the content.
    func encodeTrailers(into out: inout OctetBuffer) {
        let octets = octets.span
        for line in lines where Trailers.allows(octets.extracting(line.name.range)) { encode(line, into: &out) }
    }

    private func encode(_ line: FieldLine, into out: inout OctetBuffer) {
        let octets = octets.span
        out.append(copying: octets.extracting(line.name.range))
        out.append(Octet.colon)
        out.append(Octet.space)
        out.append(copying: octets.extracting(line.value.range))
        out.appendLineEnd()
    }
}

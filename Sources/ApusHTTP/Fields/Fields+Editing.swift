extension HTTP.Fields {
    /// Adds a line after the others; whitespace at the ends of the value is dropped (RFC 9110 §5.5).
    /// - Throws: ``HTTP/FieldError/invalidValue(_:)`` for a control character other than HTAB anywhere in the value,
    ///   so that no value can end its line; an empty value is no error.
    public mutating func append(_ name: HTTP.FieldName, _ value: String) throws(HTTP.FieldError) {
        let source = value.utf8.span
        let trimmed = Octet.trimmed(0..<source.count, of: source)
        guard Octet.firstControl(in: source, 0..<source.count) == source.count,
            octets.count + name.spelling.utf8.count + trimmed.count < Int(UInt32.max) - 4
        else { throw .invalidValue(name) }
        if lines.isEmpty { reserve() }
        write(name.spelling.utf8.span, source.extracting(trimmed))
        roles.insert(name.role)
    }

    /// Replaces all lines of a field by one, which comes after the others.
    /// - Throws: ``HTTP/FieldError/invalidValue(_:)`` as ``append(_:_:)`` does; the fields are then unchanged.
    public mutating func set(_ name: HTTP.FieldName, _ value: String) throws(HTTP.FieldError) {
        guard contains(name) else { return try append(name, value) }
        var edited = self
        edited.remove(name)
        try edited.append(name, value)
        self = edited
    }

    /// Removes all lines of a field; that there is none is no error.
    public mutating func remove(_ name: HTTP.FieldName) {
        guard contains(name) else { return }
        let (source, sourceLines) = (octets, lines)
        self = HTTP.Fields()
        let wanted = name.spelling.utf8.span
        for line in sourceLines {
            let octets = source.span
            let isWanted =
                line.name.count == wanted.count
                && Octet.equalsIgnoringCase(octets, from: line.name.range.lowerBound, wanted)
            guard !isWanted else { continue }
            write(octets.extracting(line.name.range), octets.extracting(line.value.range))
            roles.insert(FieldRole(octets, line.name.range))
        }
    }

    /// Room for a few lines, so that the usual response grows neither array twice.
    private mutating func reserve() {
        octets.reserveCapacity(octets.count + 224)
        lines.reserveCapacity(6)
    }

    private mutating func write(_ name: Span<UInt8>, _ value: Span<UInt8>) {
        let start = octets.count
        octets.append(copying: name)
        octets.append(Octet.colon)
        octets.append(Octet.space)
        octets.append(copying: value)
        octets.appendLineEnd()
        let valueStart = start + name.count + 2
        lines.append(FieldLine(name: start..<start + name.count, value: valueStart..<valueStart + value.count))
    }
}

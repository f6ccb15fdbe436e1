extension JSONValue {
    /// Reads a document as RFC 8259 has it and no looser.
    ///
    /// Refused too: a byte order mark, two members of one name, half a surrogate pair, a number beyond `Double`, and
    /// arrays and objects nested more than `maximumDepth` deep (512 at most).
    /// - Throws: `JSONParsingError` with the offset of the first octet that does not fit.
    public static func parse(_ bytes: Span<UInt8>, maximumDepth: Int = 32) throws(JSONParsingError) -> JSONValue {
        try JSONParser.parse(bytes, maximumDepth: maximumDepth)
    }

    /// Reads a document as RFC 8259 has it and no looser; see `parse(_:maximumDepth:)` for spans.
    ///
    /// - Throws: `JSONParsingError` with the offset of the first octet that does not fit.
    public static func parse(_ bytes: [UInt8], maximumDepth: Int = 32) throws(JSONParsingError) -> JSONValue {
        try parse(bytes.span, maximumDepth: maximumDepth)
    }

    /// Reads a document as RFC 8259 has it and no looser; see `parse(_:maximumDepth:)` for spans.
    ///
    /// - Throws: `JSONParsingError` with the offset of the first octet that does not fit.
    public static func parse(_ text: String, maximumDepth: Int = 32) throws(JSONParsingError) -> JSONValue {
        let utf8 = text.utf8
        return try parse(utf8.span, maximumDepth: maximumDepth)
    }

    /// The value as compact JSON in UTF-8, members in their order.
    public func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        serialize(into: &bytes)
        return bytes
    }

    /// Appends what `serialized()` gives.
    package func serialize(into bytes: inout [UInt8]) {
        JSONWriter.write(self, to: &bytes)
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as compact JSON.
    public var description: String { String(decoding: serialized(), as: UTF8.self) }
}

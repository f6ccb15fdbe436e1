import Apus

/// Writes the requests of a test client in the HTTP/1.1 wire format (RFC 9112 §3).
struct RequestEncoder {
    /// Sent in Host unless the request names another.
    let host: String

    /// - Throws: `TestClientError` or `HTTP.FieldError` for what cannot stand in a request.
    func encode(
        _ method: HTTP.Method, _ path: String, _ credentials: TestCredentials?,
        _ headers: KeyValuePairs<String, String>,
        _ content: TestContent?
    ) throws -> [UInt8] {
        guard !path.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A }) else {
            throw TestClientError("Expected a path of one line; connect { … } sends whatever it is given.")
        }
        var fields = HTTP.Fields()
        if let credentials = try credentials?.field {
            try fields.append(HTTP.FieldName(validating: credentials.name), credentials.value)
        }
        for (name, value) in headers { try fields.append(HTTP.FieldName(validating: name), value) }
        if !fields.contains(.host) { try fields.append(.host, host) }
        if let content { try describe(content, in: &fields) }

        var octets = Array("\(method.token) \(path) HTTP/1.1\r\n".utf8)
        for (name, value) in fields { octets += "\(name): \(value)\r\n".utf8 }
        octets += "\r\n".utf8
        switch content?.form {
        case nil: break
        case .whole(let whole): octets += whole
        case .chunked(let chunks):
            for chunk in chunks where !chunk.isEmpty {
                octets += "\(String(chunk.count, radix: 16))\r\n".utf8
                octets += chunk
                octets += "\r\n".utf8
            }
            octets += "0\r\n\r\n".utf8
        }
        return octets
    }

    private func describe(_ content: TestContent, in fields: inout HTTP.Fields) throws {
        if !fields.contains(.contentType) { try fields.append(.contentType, content.contentType.value) }
        guard !fields.contains(.contentLength), !fields.contains(.transferEncoding) else { return }
        switch content.form {
        case .whole(let octets): try fields.append(.contentLength, String(octets.count))
        case .chunked: try fields.append(.transferEncoding, "chunked")
        }
    }
}

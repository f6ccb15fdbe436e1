extension HTTP {
    /// A request without its content: method, target, version and fields (RFC 9112 §2.1).
    ///
    /// Text is made from the received octets only when it is asked for; a copy is cheap.
    public struct RequestHead: Sendable {
        /// The method.
        public var method: Method
        /// The version that governs the exchange.
        public let version: Version
        /// The fields; to change them changes neither the target nor how the content is read.
        public var fields: Fields

        package var framing: BodyFraming
        /// Whether the client waits for 100 (Continue) before it sends content.
        package var expectsContinue: Bool
        /// Whether the client would use the connection again (RFC 9112 §9.3).
        package var keepsAlive: Bool

        private let octets: OctetBuffer
        private let parts: RequestTarget

        /// Makes a head without the wire, by the rules that hold on it.
        /// - Throws: The fault that a decoder would have found in the target or among the fields.
        package init(
            method: HTTP.Method, target: String, fields: Fields, version: Version = .http11
        ) throws(DecodingError) {
            let octets = OctetBuffer(copying: target.utf8.span)
            guard !octets.isEmpty else { throw .init(.malformedRequestLine) }
            let parts = try RequestTarget(0..<octets.count, of: octets.span, method: method)
            var controls = ControlFields()
            for line in fields.lines { try controls.note(line, of: fields.octets.span) }
            try self.init(
                octets: octets, method: method, parts: parts, version: version, fields: fields, controls: controls)
        }

        init(
            octets: OctetBuffer, method: Method, parts: RequestTarget, version: Version, fields: Fields,
            controls: ControlFields
        ) throws(DecodingError) {
            framing = try controls.framing(version)
            expectsContinue = try controls.expectsContinue(version) && framing != .none
            keepsAlive = controls.keepsAlive(version)
            self.octets = octets
            self.method = method
            self.parts = parts
            self.version = version
            self.fields = fields
        }
    }
}

extension HTTP.RequestHead {
    /// The request's target as it was received (RFC 9112 §3.2).
    public var target: String { text(parts.extent) }

    /// The target's path, percent-encoded as it was received; `/` if a full URI has none, empty for CONNECT and `*`.
    public var path: String { text(parts.path) }

    /// The target's query, percent-encoded as it was received, without `?`; `nil` if there is no `?`.
    public var query: String? { parts.query.map(text) }

    /// Host and port that the request is for: the target's if it names them, else those of Host (RFC 9112 §3.2.2).
    ///
    /// `nil` only for a HTTP/1.0 request without Host; empty if Host is. It is what the client says, not where it is.
    public var host: String? { parts.authority.map(text) ?? fields[.host] }

    package var pathBytes: ArraySlice<UInt8> { octets[parts.path.range] }

    /// Whether the path is surely without percent sign, backslash and period, so that it means what it says.
    package var isPathPlain: Bool { parts.isPathPlain }

    /// Whether the request is `OPTIONS *`, for the server as a whole (RFC 9112 §3.2.4).
    package var isAsteriskForm: Bool { parts.form == .asterisk }

    private func text(_ extent: Extent) -> String { Octet.text(octets.span.extracting(extent.range)) }
}

extension HTTP.RequestHead: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method, path and version, for a log; no query and no fields, as both may hold secrets.
    public var description: String { "\(method) \(path) \(version)" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// No children: they would show what ``description`` leaves out.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension HTTP {
    /// A request without its content: method, target, version and fields (RFC 9112 §2.1).
    ///
    /// Text is made from the received octets only when it is asked for; a copy is one reference.
    public struct RequestHead: Sendable {
        private var storage: Storage

        /// Makes a head without the wire, by the rules that hold on it.
        /// - Throws: The fault that a decoder would have found in the target or among the fields.
        package init(
            method: HTTP.Method, target: String, fields: Fields, version: Version = .http11
        ) throws(DecodingError) {
            let octets = OctetBuffer(copying: target.utf8.span)
            guard !octets.isEmpty else { throw .init(.malformedRequestLine) }
            let target = try RequestTarget(
                0..<octets.count, of: octets.span, isForConnect: method == .connect, isForOptions: method == .options)
            var controls = ControlFields()
            for line in fields.lines { try controls.note(line, of: fields.octets.span) }
            storage = Storage(
                octets: octets, method: method, target: target, lines: [],
                control: try Control(controls, isForHead: method == .head, version))
            storage.changedFields = fields
        }

        /// Memory for a head.
        package init() {
            storage = Storage(octets: [], method: .get, target: RequestTarget(), lines: [], control: Control())
        }

        /// Begins to become the head of another request, in the memory of the one that it was before if nobody else has that any more.
        ///
        /// - Parameter line: the request line.
        @inline(__always)
        mutating func begin(with line: Range<Int>, of input: Span<UInt8>) throws(DecodingError) {
            if !isKnownUniquelyReferenced(&storage) { self = RequestHead() }
            let line = try RequestLine(parsing: line, of: input)
            // As most are, and then there is nothing to do.
            if !(line.isForGet && isForGet) { storage.method = Method(input.extracting(line.method.range)) }
            storage.target = line.target
            storage.control.version = line.version
            if storage.changedFields != nil { storage.changedFields = nil }
        }

        /// The same with a line of which `RequestLine.plainPath(of:endingBy:)` has found the path.
        @inline(__always)
        mutating func begin(withPlain path: Range<Int>) {
            if !isKnownUniquelyReferenced(&storage) { self = RequestHead() }
            if !isForGet { storage.method = .get }
            storage.target = RequestTarget(plainPath: path)
            storage.control.version = .http11
            if storage.changedFields != nil { storage.changedFields = nil }
        }

        /// Becomes the head that it began to be; nobody else has had it since.
        ///
        /// - Parameters:
        ///   - octets: the whole head.
        ///   - section: gives its lines to the head.
        /// - Returns: how the content is delimited.
        @inline(__always)
        mutating func complete(
            _ octets: Span<UInt8>, linesOf section: inout FieldSection, _ controls: ControlFields
        ) throws(DecodingError) -> BodyFraming {
            storage.control = try Control(controls, isForHead: isForHead, storage.control.version)
            storage.received.become(octets)
            section.exchangeLines(with: &storage.received.lines)
            return storage.control.framing
        }

        /// What of a request says how it is read, and how its response is written.
        package struct Control: Sendable {
            package private(set) var framing = BodyFraming.none
            /// The version that governs the exchange.
            package fileprivate(set) var version = Version.http11
            /// Whether the method is HEAD: its response has no content (RFC 9110 §9.3.2).
            package fileprivate(set) var isForHead = false
            /// Whether the client waits for 100 (Continue) before it sends content.
            package private(set) var expectsContinue = false
            /// Whether the client would use the connection again (RFC 9112 §9.3).
            package private(set) var keepsAlive = true
            fileprivate private(set) var roles = FieldRole.Set()

            init() {}

            @inline(__always)
            init(_ controls: ControlFields, isForHead: Bool, _ version: Version) throws(DecodingError) {
                self.version = version
                framing = try controls.framing(version)
                expectsContinue = try controls.expectsContinue(version) && framing != .none
                keepsAlive = controls.keepsAlive(version)
                roles = controls.roles
                self.isForHead = isForHead
            }
        }

        /// All of a head in one place, so that it is passed from hand to hand as one reference.
        ///
        /// `@unchecked Sendable`: nobody changes it but who has the only reference to it.
        private final class Storage: @unchecked Sendable {
            @exclusivity(unchecked) var received: Received
            @exclusivity(unchecked) var method: Method
            @exclusivity(unchecked) var target: RequestTarget
            @exclusivity(unchecked) var control: Control
            /// The fields in place of those that were received; nil while nobody has changed them.
            @exclusivity(unchecked) var changedFields: Fields?

            init(
                octets: OctetBuffer, method: Method, target: RequestTarget, lines: [FieldLine], control: Control
            ) {
                received = Received(octets: octets, lines: lines)
                self.method = method
                self.target = target
                self.control = control
            }

            func copy() -> Storage {
                let copy = Storage(
                    octets: received.octets, method: method, target: target, lines: received.lines,
                    control: control)
                copy.changedFields = changedFields
                return copy
            }
        }

        /// The octets of a head and their field lines, where they are looked at in place: who would have a copy of an array counts a
        /// reference to it.
        private struct Received: ~Copyable {
            private(set) var octets: OctetBuffer
            var lines: [FieldLine]

            @inline(__always)
            mutating func become(_ received: Span<UInt8>) {
                received.withUnsafeBufferPointer { received in
                    guard received.count == octets.count else {
                        return octets.replaceSubrange(0..<octets.count, with: received)
                    }
                    // One after the other, a client's heads are often as long as each other.
                    octets.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: received) }
                }
            }

            @inline(__always)
            func withOctets(in range: Range<Int>, _ body: (Span<UInt8>) -> Void) {
                octets.withUnsafeBufferPointer { body($0.extracting(range).span) }
            }

            @inline(__always)
            func line(of name: FieldName, from begin: (Span<UInt8>) -> Int?) -> Fields.FoundLine? {
                Fields.line(of: name, among: lines.span, of: octets, from: begin)
            }
        }

        /// The storage, to be changed.
        private var ownStorage: Storage {
            mutating get {
                if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
                return storage
            }
        }

        /// The method.
        public var method: Method {
            get { storage.method }
            set {
                ownStorage.method = newValue
                ownStorage.control.isForHead = isForHead
            }
        }

        /// Whether the method is GET, as that of most requests is; the method itself is copied for whoever asks for it.
        package var isForGet: Bool {
            if case .get = storage.method { true } else { false }
        }

        private var isForHead: Bool {
            if case .head = storage.method { true } else { false }
        }

        /// The version that governs the exchange.
        public var version: Version { storage.control.version }

        /// The fields; to change them changes neither the target nor how the content is read.
        public var fields: Fields {
            get {
                storage.changedFields
                    ?? Fields(
                        octets: storage.received.octets, lines: storage.received.lines, roles: storage.control.roles)
            }
            set { ownStorage.changedFields = newValue }
        }

        /// As `fields.line(of:from:)`, with fewer references to count.
        package func line(of name: FieldName, from begin: (Span<UInt8>) -> Int?) -> Fields.FoundLine? {
            if storage.changedFields != nil { return fields.line(of: name, from: begin) }
            return storage.received.line(of: name, from: begin)
        }

        /// How the rest of the request is read, and how its response is written.
        package var control: Control { storage.control }

        /// The octets of ``path``.
        package var pathBytes: ArraySlice<UInt8> { storage.received.octets[storage.target.path.range] }

        /// Has `body` look at the octets of ``path`` where they lie.
        package func withPath(_ body: (Span<UInt8>) -> Void) {
            let path = storage.target.path.range
            storage.received.withOctets(in: path, body)
        }

        /// Whether the path is surely without percent sign, backslash and period, so that it means what it says.
        package var isPathPlain: Bool { storage.target.isPathPlain }

        /// Whether the request is `OPTIONS *`, for the server as a whole (RFC 9112 §3.2.4).
        package var isAsteriskForm: Bool { storage.target.form == .asterisk }

        /// The request's target as it was received (RFC 9112 §3.2).
        public var target: String { text(storage.target.extent) }

        /// The target's path, percent-encoded as it was received; `/` if a full URI has none, empty for CONNECT and `*`.
        public var path: String { text(storage.target.path) }

        /// The target's query, percent-encoded as it was received, without `?`; `nil` if there is no `?`.
        public var query: String? { storage.target.query.map(text) }

        /// Host and port that the request is for: the target's if it names them, else those of Host (RFC 9112 §3.2.2).
        ///
        /// `nil` only for a HTTP/1.0 request without Host; empty if Host is. It is what the client says, not where it is.
        public var host: String? { storage.target.authority.map(text) ?? fields[.host] }

        private func text(_ extent: Extent) -> String {
            let octets = storage.received.octets
            return Octet.text(octets.span.extracting(extent.range))
        }
    }
}

extension HTTP.RequestHead: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method, path and version, for a log; no query and no fields, as both may hold secrets.
    public var description: String { "\(method) \(path) \(version)" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// No children: they would show what ``description`` leaves out.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

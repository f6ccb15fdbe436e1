import ApusHTTP
import FoundationEssentials

/// The content of a request: an asynchronous sequence of chunks that is read once, as fast as the handler asks for it.
///
/// Nothing is read from the client before the handler asks, so a handler that pauses makes the client pause. A client that
/// sent `Expect: 100-continue` is told to go on at the first read. Whoever takes the chunks one by one says for itself how many it
/// takes: the limit is for reading everything.
public struct RequestBody: AsyncSequence, Sendable {
    /// A chunk of the content, as it arrived; never empty.
    public typealias Element = [UInt8]

    enum Source: Sendable {
        case none
        case collected([UInt8])
        case arrived(ArrivedContent)
        case arriving(any RequestBodySource, exchange: Int)
    }

    let source: Source

    /// The most octets that reading everything takes unless told otherwise: the route's limit, or else the server's.
    public private(set) var limit = Limits.usualContent

    /// The number of octets that the client has announced with Content-Length; nil for chunked content.
    public let declaredLength: Int?

    init(source: Source, declaredLength: Int?) {
        self.source = source
        self.declaredLength = declaredLength
    }

    /// There is none.
    var isNone: Bool { if case .none = source { true } else { false } }

    /// A request without content.
    public static var empty: RequestBody { RequestBody(source: .none, declaredLength: 0) }

    /// Content that is here already.
    public init(_ octets: [UInt8]) {
        self.init(source: octets.isEmpty ? .none : .collected(octets), declaredLength: octets.count)
    }

    func limited(to limit: Int) -> RequestBody {
        var body = self
        body.limit = limit
        return body
    }

    /// Reads everything.
    ///
    /// - Parameter limit: the most octets to take; nil for `limit` of the body.
    /// - Throws: `Problem` 413 when there is more, 400 when the content is malformed or cut off, and 408 when the client stalls.
    public func collect(upTo limit: Int? = nil) async throws -> [UInt8] {
        let limit = limit ?? self.limit
        if let octets = try arrived(upTo: limit) { return octets }
        var octets: [UInt8] = []
        for try await chunk in self {
            guard chunk.count <= limit - octets.count else { throw Self.tooLarge(limit) }
            if octets.isEmpty {
                // Usually the only chunk: taken as it is, without a copy.
                octets = chunk
                if chunk.count == declaredLength { return octets }
            } else {
                octets += chunk
            }
        }
        return octets
    }

    /// What `collect(upTo:)` gives without waiting; nil when it would have to wait.
    func arrived(upTo limit: Int) throws -> [UInt8]? {
        if let declaredLength, declaredLength > limit { throw Self.tooLarge(limit) }
        return switch source {
        case .none: []
        case .collected(let octets): octets
        case .arrived(let content): content.take() ?? []
        case .arriving: nil
        }
    }

    /// Reads everything as UTF-8 text.
    ///
    /// - Throws: as `collect(upTo:)`; and `Problem` 400 when it is not UTF-8.
    public func text(upTo limit: Int? = nil) async throws -> String {
        try Self.text(of: try await collect(upTo: limit))
    }

    static func text(of octets: [UInt8]) throws -> String {
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw Problem(.badRequest, "The content is not valid UTF-8.")
        }
        return text
    }

    /// Reads everything as JSON.
    ///
    /// - Throws: as `collect(upTo:)`; and `Problem` 400, which names the member at fault, when it is not JSON of this type.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, upTo limit: Int? = nil
    ) async throws -> Value {
        try Self.decode(try await collect(upTo: limit))
    }

    static func decode<Value: Decodable>(_ octets: [UInt8]) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            return try decoder.decode(Value.self, from: Data(octets))
        } catch let error as DecodingError {
            // Not as the cause: Foundation's words may hold values of the content, which belong in no log.
            throw Problem(.badRequest, error.publicReason)
        }
    }

    private static func tooLarge(_ limit: Int) -> Problem {
        Problem(.contentTooLarge, "The content is larger than the limit of \(limit) octets.")
    }

    /// Reads the chunks; content can be read once.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: source)
    }

    /// Gives the chunks in order.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var source: Source

        /// The next chunk, never empty; nil at the end.
        public mutating func next() async throws -> [UInt8]? {
            switch source {
            case .none:
                return nil
            case .collected(let octets):
                source = .none
                return octets
            case .arrived(let content):
                return content.take()
            case .arriving(let connection, let exchange):
                return try await connection.nextChunk(of: exchange)
            }
        }
    }
}

/// Where the chunks of a request's content come from: the connection.
protocol RequestBodySource: Actor {
    /// - Parameter exchange: which request of the connection asks; a request that is over gets nothing of its successor's.
    func nextChunk(of exchange: Int) async throws -> [UInt8]?
}

extension DecodingError {
    /// What is wrong with the content and where, without the content.
    fileprivate var publicReason: String {
        let (context, fault): (Context, String) =
            switch self {
            case .typeMismatch(let type, let context): (context, "expected \(type)")
            case .valueNotFound(let type, let context): (context, "expected \(type), found null")
            case .keyNotFound(let key, let context): (context, "the member '\(key.stringValue)' is missing")
            case .dataCorrupted(let context): (context, "malformed")
            @unknown default: (Context(codingPath: [], debugDescription: ""), "malformed")
            }
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        return "The JSON content is not as expected\(path.isEmpty ? "" : " at '\(path)'"): \(fault)."
    }
}

public import Apus

/// Sends requests to the server under test, and waits for the whole answer to each.
///
/// Requests over a socket have a connection each. Several tasks may use one client at once.
public struct TestClient: Sendable {
    enum Way: Sendable {
        case inProcess(InProcessServer)
        case socket(Dialer)
    }

    private(set) var way: Way
    private let encoder: RequestEncoder

    /// The server with its router and its port; nil in process.
    public let server: RunningServer?

    /// How long any one wait for the server may take; 10 seconds unless set.
    ///
    /// In process nothing is waited for.
    public var timeLimit = Duration.seconds(10)

    init(_ way: Way, server: RunningServer?) {
        self.way = way
        self.server = server
        encoder = RequestEncoder(host: server?.endpoints.first.flatMap(\.port).map { "127.0.0.1:\($0)" } ?? "localhost")
    }

    /// A client of the same server that shows a certificate when it is asked for one.
    ///
    /// - Parameters:
    ///   - identity: the chain and its key, valid or not; nil shows none.
    ///   - version: the one TLS version to speak; nil for all. In process nothing is spoken, and handlers are told this one.
    /// - Throws: `TestClientError` when the client speaks in clear text.
    public func presenting(_ identity: CertificateIdentity?, version: TLSVersion? = nil) throws -> TestClient {
        var client = self
        switch way {
        case .inProcess(let server): client.way = .inProcess(try server.presenting(identity, version: version))
        case .socket(let dialer): client.way = .socket(try dialer.presenting(identity, version: version))
        }
        return client
    }

    /// Sends a request of any method.
    ///
    /// - Parameters:
    ///   - path: the target as it goes into the request line, percent-encoded, with its query.
    ///   - headers: sent in this order, repetitions included; Host, Content-Type and framing are added unless they are there.
    /// - Throws: `TestClientError` when no response comes, and `HTTP.FieldError` for a header that cannot be sent; every status is a
    ///   response and not an error.
    public func send(
        _ method: HTTP.Method, _ path: String, _ credentials: TestCredentials? = nil,
        headers: KeyValuePairs<String, String> = [:], body: TestContent? = nil
    ) async throws -> TestResponse {
        let octets = try encoder.encode(method, path, credentials, headers, body)
        switch way {
        case .inProcess(let server):
            var parser = ResponseParser()
            let answer = try await server.answer(octets)
            parser.receive(answer.span)
            parser.receiveEnd()
            do {
                guard let response = try parser.next(to: method) else { throw ResponseFault.endedEarly }
                return response
            } catch {
                throw TestClientError("Expected a response. \(error)")
            }
        case .socket:
            return try await connect { connection in
                // A server that refuses may answer, and close, before it has read everything.
                _ = try? await connection.send(octets)
                return try await connection.receiveResponse(to: method)
            }
        }
    }

    /// Opens a connection for `body` to use as it likes, and closes it when `body` returns.
    ///
    /// - Throws: `TestClientError` in process, where there are no connections, or when none can be made; and what `body` throws.
    @discardableResult
    public func connect<Result>(_ body: (RawConnection) async throws -> Result) async throws -> Result {
        guard case .socket(let dialer) = way else {
            throw TestClientError("Expected a socket to connect to; use server.test(over: .socket) or .tls.")
        }
        let connection = try await dialer.connect(timeLimit: timeLimit)
        do {
            let result = try await body(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }
}

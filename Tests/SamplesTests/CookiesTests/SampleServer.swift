import Apus
import ApusTesting
import Synchronization
import Testing

@testable import Cookies

/// The sample's server over TLS, with its keys and its log to look into.
struct SampleServer {
    let keys: KeyStore
    let log = CollectedLog()

    init() throws {
        keys = try KeyStore(.hmac(generated: .hs256))
    }

    func test(_ body: (TestClient) async throws -> Void) async throws {
        var server = try CookiesSample.server(keys: keys)
        server.mode = .production
        server.logger = Logger(label: "test", level: .trace, destination: log)
        try await server.test(over: .tls, body)
    }
}

/// Keeps what the server logs.
final class CollectedLog: LogDestination {
    private let lines = Mutex<[String]>([])

    func write(_ record: LogRecord) {
        lines.withLock { $0.append("\(record.level) \(record.message) \(record.fields)") }
    }

    var text: String { lines.withLock { $0.joined(separator: "\n") } }
}

extension TestClient {
    static let form: HTTP.ContentType = "application/x-www-form-urlencoded"

    /// Sends the login form.
    func logIn(
        _ fields: String = "username=admin&password=secret", query: String = "",
        headers: KeyValuePairs<String, String> = [:]
    ) async throws -> TestResponse {
        try await post("/cookies/login" + query, headers: headers, body: .text(fields, contentType: Self.form))
    }

    /// The cookie of someone who has just signed in, as the Cookie field has it.
    func cookie() async throws -> String {
        try #require(try await logIn().cookie)
    }
}

extension TestResponse {
    /// The cookie that the response sets, without its attributes; nil unless there is exactly one.
    var cookie: String? {
        let lines = headers.values(of: .setCookie)
        return lines.count == 1 ? lines[0].split(separator: ";").first.map(String.init) : nil
    }
}

import Apus
import ApusTesting

/// The cookies of a test's client, kept as a browser keeps them (RFC 6265 §5.3), for one host.
struct Browser {
    private(set) var cookies: [(name: String, value: String)] = []

    /// The Cookie field; nil when there are none.
    var field: String? { cookies.isEmpty ? nil : cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ") }

    mutating func take(_ response: TestResponse) {
        for line in response.headers.values(of: .setCookie) {
            let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
            let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies.removeAll { $0.name == pair[0] }
            if !parts.contains("Max-Age=0") { cookies.append((String(pair[0]), String(pair[1]))) }
        }
    }

    /// Sends a request with the cookies and takes those of the response.
    mutating func send(
        _ method: HTTP.Method, path: String, to client: TestClient, accept: String = "*/*"
    ) async throws -> TestResponse {
        let response: TestResponse
        if let field {
            response = try await client.send(method, path, headers: ["Cookie": field, "Accept": accept])
        } else {
            response = try await client.send(method, path, headers: ["Accept": accept])
        }
        take(response)
        return response
    }
}

extension Browser {
    init(_ cookies: [(name: String, value: String)]) {
        self.cookies = cookies
    }
}

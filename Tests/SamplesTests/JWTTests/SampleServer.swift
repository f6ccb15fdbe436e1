import Apus
import ApusTesting
import Testing

@testable import JWT

/// The sample's server with its log turned off.
enum SampleServer {
    static func test(over transport: TestTransport, _ body: (TestClient) async throws -> Void) async throws {
        var server = try JWTSample.server
        server.mode = .development
        server.logger.level = .critical
        try await server.test(over: transport, body)
    }
}

extension TestClient {
    /// A token that the sample has issued.
    func issuedToken() async throws -> String {
        let issued = try await get("/token/new", .basic("admin", "password"))
        return try #require(try issued.json["access_token"]?.string)
    }
}

extension TestResponse {
    /// The one challenge of the response.
    var challenge: String? {
        let challenges = headers.values(of: .wwwAuthenticate)
        return challenges.count == 1 ? challenges[0] : nil
    }
}

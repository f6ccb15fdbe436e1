import Apus
import ApusTesting
import Testing

@testable import APIKey

@Suite struct APIKeyTests {
    private static let paths = ["/secure/key/simple/hello", "/secure/key/ps/hello", "/secure/key/cs/hello"]

    private static func server(_ log: CollectedLog = CollectedLog()) throws -> Server {
        var server = try APIKeySample.server
        server.logger = Logger(label: "test", level: .trace, destination: log)
        return server
    }

    @Test(arguments: TestTransport.all)
    func `the right key opens each route`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            for (path, text) in zip(Self.paths, ["Simple Key OK", "PS Key OK", "CS Key OK"]) {
                for key in ["my-secret-api-key", "  my-secret-api-key\t"] {
                    let hello = try await client.get(path, .header("X-Api-Key", key))
                    #expect(hello.status == .ok && hello.text == text)
                    #expect(hello.headers[.contentType] == "text/plain; charset=utf-8")
                }
            }
            let partner = try await client.get("/secure/key/cs/me", .header("x-api-key", "my-secret-api-key"))
            #expect(partner.text == "You are Swift Deliveries.")
        }
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let headers: KeyValuePairs<String, String>
        let status: Int

        init(_ name: String, _ headers: KeyValuePairs<String, String>, _ status: Int = 401) {
            (testDescription, self.headers, self.status) = (name, headers, status)
        }
    }

    static let refused = [
        Refused("absent", [:]),
        Refused("empty", ["X-Api-Key": ""]),
        Refused("wrong", ["X-Api-Key": "my-secret-api-kez"]),
        Refused("cut off", ["X-Api-Key": "my-secret-api-ke"]),
        Refused("too long by one", ["X-Api-Key": "my-secret-api-keyy"]),
        Refused("in capitals", ["X-Api-Key": "MY-SECRET-API-KEY"]),
        Refused("in quotes", ["X-Api-Key": "\"my-secret-api-key\""]),
        Refused("behind a scheme", ["X-Api-Key": "ApiKey my-secret-api-key"]),
        Refused("in Authorization", ["Authorization": "ApiKey my-secret-api-key"]),
        Refused("in a cookie", ["Cookie": "X-Api-Key=my-secret-api-key"]),
        Refused("over 8,192 octets", ["X-Api-Key": String(repeating: "my-secret", count: 911)]),
        Refused("twice", ["X-Api-Key": "my-secret-api-key", "x-api-key": "my-secret-api-key"], 400),
        Refused("twice, the second empty", ["X-Api-Key": "my-secret-api-key", "X-Api-Key": ""], 400),
    ]

    @Test(arguments: TestTransport.all, refused)
    func `others get a challenge that names the field`(transport: TestTransport, row: Refused) async throws {
        let log = CollectedLog()
        try await Self.server(log).test(over: transport) { client in
            for path in Self.paths {
                let refused = try await client.get(path + "?X-Api-Key=my-secret-api-key", headers: row.headers)
                #expect(refused.status.code == row.status)
                #expect(refused.headers.values(of: .wwwAuthenticate) == [#"ApiKey header="X-Api-Key""#])
                #expect(refused.headers[.contentType] == "application/problem+json")
                #expect(!refused.text.lowercased().contains("my-secret"))
            }
        }
        #expect(!log.text.isEmpty && !log.text.lowercased().contains("my-secret"))
    }
}

import Apus
import ApusTesting
import Testing

@testable import BasicAuth

@Suite struct BasicAuthTests {
    private static let challenge = #"Basic realm="Demo", charset="UTF-8""#

    private static func server(_ log: CollectedLog = CollectedLog()) throws -> Server {
        var server = try BasicAuth.server
        server.logger = Logger(label: "test", level: .trace, destination: log)
        return server
    }

    @Test(arguments: TestTransport.all)
    func `the right credentials are greeted`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            let hello = try await client.get("/secure/ps/hello", .basic("admin", "password"))
            #expect(hello.status == .ok && hello.text == "Hello, admin!")
            #expect(hello.headers[.contentType] == "text/plain; charset=utf-8")
            // RFC 9110 §11.1: the scheme's name is compared without regard to case.
            for name in ["basic", "BASIC"] {
                let hello = try await client.get(
                    "/secure/ps/hello", .header("Authorization", "\(name) YWRtaW46cGFzc3dvcmQ="))
                #expect(hello.status == .ok)
            }
        }
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let headers: KeyValuePairs<String, String>

        init(_ name: String, _ fields: String...) {
            testDescription = name
            switch fields.count {
            case 0: headers = [:]
            case 1: headers = ["Authorization": fields[0]]
            default: headers = ["Authorization": fields[0], "authorization": fields[1]]
            }
        }
    }

    /// The base64 is that of coreutils.
    static let refused = [
        Refused("none"),
        Refused("an empty field", ""),
        Refused("another scheme", "Bearer YWRtaW46cGFzc3dvcmQ="),
        Refused("no credentials", "Basic"),
        Refused("admin:Password", "Basic YWRtaW46UGFzc3dvcmQ="),
        Refused("admin:", "Basic YWRtaW46"),
        Refused("Admin:password", "Basic QWRtaW46cGFzc3dvcmQ="),
        Refused("root:password", "Basic cm9vdDpwYXNzd29yZA=="),
        Refused("admin:password and a line feed", "Basic YWRtaW46cGFzc3dvcmQK"),
        Refused("admin:password:", "Basic YWRtaW46cGFzc3dvcmQ6"),
        Refused(":password", "Basic OnBhc3N3b3Jk"),
        Refused("adminpassword", "Basic YWRtaW5wYXNzd29yZA=="),
        Refused("in clear text", "Basic admin:password"),
        Refused("without padding", "Basic YWRtaW46cGFzc3dvcmQ"),
        Refused("bits that no encoder sets", "Basic YWRtaW46cGFzc3dvcmR="),
        Refused("white space inside", "Basic YWRtaW46 cGFzc3dvcmQ="),
        Refused("not UTF-8", "Basic YWRtaW46/w=="),
        Refused("over 8,192 octets", "Basic " + String(repeating: "YWRtaW46", count: 1_025)),
        Refused("twice", "Basic YWRtaW46cGFzc3dvcmQ=", "Basic YWRtaW46cGFzc3dvcmQ="),
        Refused("twice, once wrong", "Basic YWRtaW46cGFzc3dvcmQ=", "Basic cm9vdDpwYXNzd29yZA=="),
    ]

    @Test(arguments: TestTransport.all, refused)
    func `others get a challenge`(transport: TestTransport, row: Refused) async throws {
        let log = CollectedLog()
        try await Self.server(log).test(over: transport) { client in
            let refused = try await client.get("/secure/ps/hello", headers: row.headers)
            #expect(refused.status == .unauthorized)
            #expect(refused.headers.values(of: .wwwAuthenticate) == [Self.challenge])
            #expect(refused.headers[.contentType] == "application/problem+json")
            for secret in ["YWRtaW", "cm9vd", "cGFzc3", "admin", "root"] {
                #expect(!refused.text.contains(secret) && !log.text.contains(secret))
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `passwords are checked against hashes, and failures slow down`() async throws {
        let log = CollectedLog()
        try await Self.server(log).test(over: .socket) { client in
            var client = client
            // A hash costs what it should, and more on a machine that does other things as well.
            client.timeLimit = .seconds(60)
            let hello = try await client.get("/secure/hashed/hello", .basic("admin", "password"))
            #expect(hello.status == .ok && hello.text == "Hello, admin!")
            for user in ["admin", "nobody"] {
                let wrong = try await client.get("/secure/hashed/hello", .basic(user, "hunter2"))
                #expect(wrong.status == .unauthorized)
                #expect(wrong.headers.values(of: .wwwAuthenticate) == [Self.challenge])
            }
            // What is no password at all is a failure that costs nothing. Each that is let in, on however slow a
            // machine, doubles the wait, until one comes too soon.
            var slowed = try await client.get("/secure/hashed/hello", .basic("nobody", ""))
            for _ in 0..<16 where slowed.status == .unauthorized {
                slowed = try await client.get("/secure/hashed/hello", .basic("nobody", ""))
            }
            #expect(slowed.status == .tooManyRequests && slowed.headers[.retryAfter].flatMap { Int($0) } ?? 0 >= 1)
            #expect(!slowed.headers.contains(.wwwAuthenticate))
            #expect(!log.text.contains("hunter2") && !log.text.contains("$scrypt"))
        }
    }
}

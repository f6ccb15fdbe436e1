import Apus
import ApusTesting
import Testing

@testable import HelloWorld

@Suite struct HelloWorldTests {
    static let answers = [
        ("/", "Hello, World!"),
        ("/hello/Ada", "Hello, Ada!"),
        ("/hello/Jos%C3%A9%20M", "Hello, José M!"),
    ]

    @Test(arguments: TestTransport.all, answers)
    func `greets`(transport: TestTransport, answer: (path: String, text: String)) async throws {
        try await HelloWorld.server.test(over: transport) { client in
            let greeting = try await client.get(answer.path)
            #expect(greeting.status == .ok && greeting.text == answer.text)
            #expect(greeting.headers[.contentType] == "text/plain; charset=utf-8")
            let head = try await client.head(answer.path)
            #expect(head.status == .ok && head.octets.isEmpty)
            #expect(head.headers[.contentLength] == "\(answer.text.utf8.count)")
        }
    }

    @Test(arguments: TestTransport.all)
    func `knows no other paths`(transport: TestTransport) async throws {
        var server = try HelloWorld.server
        server.logger.level = .critical
        try await server.test(over: transport) { client in
            for path in ["/hello", "/hello/", "/hello/a/b", "/HELLO/Ada"] {
                let missing = try await client.get(path)
                #expect(missing.status == .notFound && missing.headers[.contentType]?.contains("problem+json") == true)
            }
        }
    }
}

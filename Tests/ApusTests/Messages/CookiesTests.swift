import Apus
import ApusTesting
import Testing

@Suite struct CookiesTests {
    private static func server(_ log: CollectedLog = CollectedLog()) -> Server {
        .logging(log) {
            Get("/read") { request in try request.cookies.map { "[\($0.name)|\($0.value)]" }.joined() }
            Get("/set") { _ in
                var response = Response(text: "set")
                try response.setCookie(HTTP.SetCookie("a", "1"))
                try response.setCookie(HTTP.SetCookie("b", "2", maxAge: 60))
                try response.setCookie(HTTP.SetCookie("a", "3"))
                return response
            }
        }
    }

    @Test(arguments: TestTransport.all) func `a request's cookies are read`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            let response = try await client.get("/read", headers: ["Cookie": "a=1; b=2", "cookie": "a=3"])
            #expect(response.text == "[a|1][b|2][a|3]")
            #expect(try await client.get("/read").text.isEmpty)
        }
    }

    @Test(arguments: TestTransport.all) func `a response sets each on a line`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            let response = try await client.get("/set")
            #expect(
                response.headers.values(of: .setCookie) == [
                    "b=2; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Lax",
                    "a=3; Path=/; Secure; HttpOnly; SameSite=Lax",
                ])
        }
    }

    @Test func `too many cookies are 431, and the log has none of them`() async throws {
        let log = CollectedLog()
        try await Self.server(log).test { client in
            let cookies = (0...200).map { "c\($0)=secret" }.joined(separator: "; ")
            let refused = try await client.get("/read", headers: ["Cookie": cookies])
            #expect(refused.status == .requestHeaderFieldsTooLarge)
            #expect(try refused.json["detail"] == "Expected at most 200 cookies, found more.")
        }
        #expect(!log.text.contains("secret"))
    }
}

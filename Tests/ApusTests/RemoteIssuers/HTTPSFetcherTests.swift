import ApusTesting
import Testing

@testable import Apus

/// Documents over https, from servers that may be anything.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct HTTPSFetcherTests {
    private static func server() -> Server {
        var server = Server.logging {
            Get("/keys") { request in
                if request.headers[.ifNoneMatch] == "\"one\"" { return Response(.notModified) }
                return try Response(text: "{}").header(.etag, "\"one\"").header(.cacheControl, "public, max-age=60")
            }
            Get("/host") { request in "\(request.headers[.host] ?? "") \(request.head.target)" }
            Get("/octets/{n:int}") { request in
                Response(octets: [UInt8](repeating: 0x20, count: try request.parameters.require("n", as: Int.self)))
            }
            Get("/endless") { _ in
                Response { writer in
                    while true { try await writer.write([UInt8](repeating: 0x20, count: 1000)) }
                }
            }
            Get("/silent") { _ in
                await Gate().wait()
                return ""
            }
            Get("/moved") { _ in try Response.redirect(to: "/keys") }
            Get("/far") { _ in try Response.redirect(to: "https://example.org/keys", .movedPermanently) }
            Get("/port") { _ in try Response.redirect(to: "https://127.0.0.1:1/keys", .temporaryRedirect) }
            Get("/plain") { request in try Response.redirect(to: "http://\(request.headers[.host] ?? "")/keys") }
            Get("/file") { _ in try Response.redirect(to: "file:///etc/hostname") }
            Get("/circle") { _ in try Response.redirect(to: "circle") }
            Get("/nowhere") { _ in Response(.found) }
            Post("/form") { request in
                let text = try await request.body.text()
                return "\(request.headers[.contentType] ?? "") \(request.headers[.authorization] ?? "-") \(text)"
            }
            Post("/moved") { _ in try Response.redirect(to: "/form", .temporaryRedirect) }
            Get("/bearer") { request in JSON(["authorization": request.headers[.authorization] ?? ""]) }
        }
        server.limits.shutdownGrace = .milliseconds(30)
        return server
    }

    /// Runs `body` with a fetcher that trusts the server, and the server's URL.
    private func serve(
        over transport: TestTransport = .tls, _ body: (HTTPSFetcher, String) async throws -> Void
    ) async throws {
        try await Self.server().test(over: transport) { client in
            let endpoint = try #require(client.server?.endpoints[0])
            let fetcher = HTTPSFetcher(
                trustedCertificates: endpoint.selfSignedCertificate, allowInsecureHTTP: !endpoint.isSecure)
            try await body(fetcher, endpoint.url)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `brings status, content, entity tag and age`(transport: TestTransport) async throws {
        try await serve(over: transport) { fetcher, url in
            let answer = try await fetcher.fetch(KeySetRequest(url: url + "/keys"))
            #expect(
                answer
                    == KeySetAnswer(
                        status: 200, body: Array("{}".utf8), entityTag: "\"one\"", maximumAge: .seconds(60)))
            let known = try await fetcher.fetch(KeySetRequest(url: url + "/keys", entityTag: "\"one\""))
            #expect(known.status == 304 && known.body.isEmpty)
            let missing = try await fetcher.fetch(KeySetRequest(url: url + "/missing"))
            #expect(missing.status == 404)
        }
    }

    @Test func `asks for what the address says`() async throws {
        try await serve { fetcher, url in
            let answer = try await fetcher.fetch(KeySetRequest(url: url + "/host?a=%20b"))
            let authority = url.dropFirst("https://".count)
            #expect(String(decoding: answer.body, as: UTF8.self) == "\(authority) /host?a=%20b")
        }
    }

    @Test func `believes no certificate that it was not told to trust`() async throws {
        try await serve { _, url in
            await #expect(throws: (any Error).self) {
                try await HTTPSFetcher().fetch(KeySetRequest(url: url + "/keys"))
            }
        }
    }

    @Test func `believes no certificate for another name`() async throws {
        var server = Self.server()
        // The certificate is for localhost, 127.0.0.1 and ::1.
        server.endpoints = [Endpoint("0.0.0.0", port: 0, tls: .selfSigned)]
        try await server.withRunning { running in
            let endpoint = running.endpoints[0]
            let fetcher = HTTPSFetcher(trustedCertificates: endpoint.selfSignedCertificate)
            let port = try #require(endpoint.port)
            let answer = try await fetcher.fetch(KeySetRequest(url: "https://127.0.0.1:\(port)/keys"))
            #expect(answer.status == 200)
            await #expect(throws: (any Error).self) {
                try await fetcher.fetch(KeySetRequest(url: "https://127.0.0.2:\(port)/keys"))
            }
        }
    }

    @Test func `follows a redirect within the server`() async throws {
        try await serve { fetcher, url in
            let answer = try await fetcher.fetch(KeySetRequest(url: url + "/moved"))
            #expect(answer.status == 200 && answer.entityTag == "\"one\"")
        }
    }

    @Test(arguments: ["/far", "/port", "/plain", "/file"])
    func `follows no redirect to another server or protocol`(path: String) async throws {
        try await serve { fetcher, url in
            let error = await #expect(throws: FetchError.self) {
                try await fetcher.fetch(KeySetRequest(url: url + path))
            }
            guard case .redirectRefused = error else {
                Issue.record("expected a refused redirect, found \(String(describing: error))")
                return
            }
        }
    }

    @Test func `follows no redirects without end, and needs their target`() async throws {
        try await serve { fetcher, url in
            await #expect(throws: FetchError.tooManyRedirects(limit: 3)) {
                try await fetcher.fetch(KeySetRequest(url: url + "/circle"))
            }
            let answer = try await fetcher.fetch(KeySetRequest(url: url + "/nowhere"))
            #expect(answer.status == 302)
        }
    }

    @Test(arguments: ["/octets/1001", "/endless"], TestTransport.wires)
    func `reads no more than the limit`(path: String, transport: TestTransport) async throws {
        try await serve(over: transport) { fetcher, url in
            await #expect(throws: ResponseDecodingError.contentTooLarge(limit: 1000)) {
                try await fetcher.fetch(KeySetRequest(url: url + path, maximumOctets: 1000))
            }
            let answer = try await fetcher.fetch(KeySetRequest(url: url + "/octets/1000", maximumOctets: 1000))
            #expect(answer.body.count == 1000)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `posts a form, with an Authorization field if there is one`(transport: TestTransport) async throws {
        try await serve(over: transport) { fetcher, url in
            let form = HTTP.Query(["code": "a+b/c=", "redirect_uri": "https://rp.example/cb?x=1"])
            let encoded = "code=a%2Bb%2Fc%3D&redirect_uri=https%3A%2F%2Frp.example%2Fcb%3Fx%3D1"
            for (authorization, shown) in [(nil, "-"), ("Basic eDp5", "Basic eDp5")] {
                let answer = try await fetcher.send(
                    OutgoingRequest(url + "/form", form: form, authorization: authorization, maximumOctets: 1000)
                )
                .answer
                #expect(
                    String(decoding: answer.body, as: UTF8.self)
                        == "application/x-www-form-urlencoded \(shown) \(encoded)")
            }
        }
    }

    @Test func `bears a token, and says what the content is`() async throws {
        try await serve { fetcher, url in
            let response = try await fetcher.send(
                OutgoingRequest(url + "/bearer", bearing: "abc.def", maximumOctets: 1000))
            #expect(response.mediaType == "application/json")
            #expect(String(decoding: response.answer.body, as: UTF8.self) == #"{"authorization":"Bearer abc.def"}"#)
        }
    }

    @Test func `takes neither a form nor a token to where a redirect points`() async throws {
        try await serve { fetcher, url in
            await #expect(throws: FetchError.redirectRefused("/form")) {
                try await fetcher.send(OutgoingRequest(url + "/moved", form: HTTP.Query([:]), maximumOctets: 9))
            }
            await #expect(throws: FetchError.redirectRefused("/keys")) {
                try await fetcher.send(OutgoingRequest(url + "/moved", bearing: "abc", maximumOctets: 9))
            }
        }
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\u{0}b"])
    func `sends no token that would end its field`(token: String) {
        #expect(throws: HTTP.FieldError.self) {
            try OutgoingRequest("https://example.org", bearing: token, maximumOctets: 9)
        }
    }

    @Test func `waits no longer than the limit`() async throws {
        try await serve { fetcher, url in
            await #expect(throws: FetchError.tooSlow) {
                try await fetcher.fetch(KeySetRequest(url: url + "/silent", timeLimit: .milliseconds(100)))
            }
        }
    }

    @Test func `ends when its task is cancelled`() async throws {
        try await serve { fetcher, url in
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await fetcher.fetch(KeySetRequest(url: url + "/silent", timeLimit: .seconds(3600)))
                    }
                }
                tasks.cancelAll()
            }
        }
    }

    @Test func `speaks in clear text to this machine alone, and only when told to`() async throws {
        try await serve(over: .socket) { fetcher, url in
            await #expect(throws: FetchError.addressRefused(url + "/keys")) {
                try await HTTPSFetcher().fetch(KeySetRequest(url: url + "/keys"))
            }
            let elsewhere = "http://example.org/keys"
            await #expect(throws: FetchError.addressRefused(elsewhere)) {
                try await fetcher.fetch(KeySetRequest(url: elsewhere))
            }
        }
    }

    @Test func `says so when nobody listens, or there is no such host`() async throws {
        let fetcher = HTTPSFetcher()
        let endpoint = try await Self.server().withEndpoint(Endpoint(port: 0)) { $0.endpoints[0] }
        let url = "https://127.0.0.1:\(try #require(endpoint.port))/keys"
        await #expect(throws: (any Error).self) { try await fetcher.fetch(KeySetRequest(url: url)) }
        // RFC 6761 §6.4: this name never exists.
        await #expect(throws: (any Error).self) {
            try await fetcher.fetch(KeySetRequest(url: "https://keys.invalid/keys", timeLimit: .seconds(20)))
        }
    }
}

extension Server {
    fileprivate func withEndpoint<Result: Sendable>(
        _ endpoint: Endpoint, _ body: @escaping @Sendable (RunningServer) async throws -> Result
    ) async throws -> Result {
        var server = self
        server.endpoints = [endpoint]
        return try await server.withRunning(body)
    }
}

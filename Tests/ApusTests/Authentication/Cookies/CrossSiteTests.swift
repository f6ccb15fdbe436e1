import Apus
import ApusTesting
import Testing

/// Requests that another site causes a browser to send, with the cookies of this one.
@Suite struct CrossSiteTests {
    /// Sec-Fetch-Site and Origin of a request for https://localhost, and whether it counts if it changes something.
    static let rows: [(site: String?, origin: String?, counts: Bool)] = [
        (nil, nil, true), ("same-origin", nil, true), ("none", nil, true), ("same-site", nil, false),
        ("cross-site", nil, false), ("", nil, false), ("Same-Origin", nil, false), ("same-origin, none", nil, false),
        ("cross-site", "https://localhost", false), ("same-origin", "https://elsewhere.example", true),
        (nil, "https://localhost", true), (nil, "https://LOCALHOST", true), (nil, "https://localhost:443", true),
        (nil, "http://localhost", false), (nil, "https://localhost:444", false),
        (nil, "https://localhost.example", false),
        (nil, "https://elsewhere.example", false), (nil, "null", false), (nil, "", false), (nil, "localhost", false),
        (nil, "https://localhost/", false), (nil, "https://localhost@elsewhere.example", false),
        (nil, "https://", false), (nil, "ftp://localhost", false), (nil, "https://localhost, https://localhost", false),
        (nil, "https://sub.localhost", false), (nil, "https://localhost:443:443", false),
    ]

    private static func send(
        _ method: HTTP.Method, _ path: String, to client: TestClient, cookie: String,
        _ row: (site: String?, origin: String?, counts: Bool)
    ) async throws -> TestResponse {
        switch (row.site, row.origin) {
        case (nil, nil): try await client.send(method, path, headers: ["Cookie": cookie])
        case (let site?, nil):
            try await client.send(method, path, headers: ["Cookie": cookie, "Sec-Fetch-Site": site])
        case (nil, let origin?): try await client.send(method, path, headers: ["Cookie": cookie, "Origin": origin])
        case (let site?, let origin?):
            try await client.send(
                method, path, headers: ["Cookie": cookie, "Sec-Fetch-Site": site, "Origin": origin])
        }
    }

    @Test(arguments: rows.indices) func `what changes something counts from this origin alone`(row: Int) async throws {
        let service = try CookieService()
        let row = Self.rows[row]
        try await service.server.test(over: .inProcess(isSecure: true)) { client in
            var browser = Browser()
            browser.take(try await client.post("/login"))
            let cookie = try #require(browser.field)
            for method in [HTTP.Method.post, .put, .patch, .delete] + [HTTP.Method("PURGE")].compactMap(\.self) {
                let response = try await Self.send(method, "/hello", to: client, cookie: cookie, row)
                #expect(response.status == (row.counts ? .ok : .forbidden))
                if !row.counts { #expect(try response.json["detail"] == "The request comes from another site.") }
            }
            for method in [HTTP.Method.get, .head, .options] {
                let response = try await Self.send(method, "/hello", to: client, cookie: cookie, row)
                #expect(response.status == .ok, "RFC 9110 §9.2.1: \(method) changes nothing")
            }
            let open = try await Self.send(.post, "/open", to: client, cookie: cookie, row)
            #expect(open.status == .ok && open.text == "open to ada")
            for path in ["/login", "/logout"] {
                let response = try await Self.send(.post, path, to: client, cookie: "a=b", row)
                #expect(response.status == (row.counts ? .ok : .forbidden))
                #expect(response.headers.contains(.setCookie) == row.counts)
            }
        }
    }

    @Test func `a cross-site request without a cookie has no credentials`() async throws {
        try await CookieService().server.test(over: .inProcess(isSecure: true)) { client in
            let refused = try await client.post("/hello", headers: ["Sec-Fetch-Site": "cross-site"])
            #expect(refused.status == .unauthorized)
        }
    }

    @Test func `a browser is not led to the login page by it`() async throws {
        try await CookieService().server.test(over: .inProcess(isSecure: true)) { client in
            let refused = try await client.post(
                "/hello", headers: ["Cookie": "session=x", "Sec-Fetch-Site": "cross-site", "Accept": "text/html"])
            #expect(refused.status == .forbidden && !refused.headers.contains(.location))
        }
    }

    /// A proxy that ends TLS sends on the Host and the Origin of the browser.
    @Test func `in clear text the origin may be of either scheme`() async throws {
        let service = try CookieService {
            try CookieAuthentication("Cookies", cookie: "session", keys: $0, allowInsecureHTTP: true)
        }
        try await service.server.test(over: .inProcess(isSecure: false)) { client in
            for (host, origin, counts) in [
                ("a.example", "https://a.example", true), ("a.example:80", "http://a.example", true),
                ("a.example:8080", "http://a.example:8080", true), ("a.example:8080", "http://a.example", false),
                ("a.example:443", "https://a.example", true), ("[::1]:5000", "http://[::1]:5000", true),
                ("a.example:443", "http://a.example", false), ("a.example", "https://b.example", false),
            ] {
                let response = try await client.post("/login", headers: ["Host": host, "Origin": origin])
                #expect(response.status == (counts ? .ok : .forbidden), "\(host), \(origin)")
            }
        }
    }
}

import Apus
import ApusTesting
import FoundationEssentials
import Testing

@testable import Cookies

/// Cookies that are no good, and requests that other sites cause.
@Suite struct RefusalTests {
    @Test func `a cookie tampered with, cut off or doubled is refused, and the log has none of it`() async throws {
        let sample = try SampleServer()
        try await sample.test { client in
            let cookie = try await client.cookie()
            let value = String(cookie.dropFirst("KestrunAuth=".count))
            var forged = [
                "", "x", value + "A", value + "=", "\"\(value)\"", "\(value); KestrunAuth=\(value)", "chunks:2",
            ]
            for position in stride(from: 0, to: value.utf8.count, by: 7) {
                var octets = Array(value.utf8)
                octets[position] = octets[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
                forged.append(String(decoding: octets, as: UTF8.self))
                forged.append(String(value.prefix(position)))
            }
            for text in forged {
                let refused = try await client.get("/cookies/hello", headers: ["Cookie": "KestrunAuth=" + text])
                #expect(refused.status == .unauthorized && refused.headers.count(of: .wwwAuthenticate) == 1)
                #expect(!refused.text.contains(value.prefix(24)))
            }
            let hello = try await client.get("/cookies/hello", headers: ["Cookie": cookie])
            #expect(hello.status == .ok)
            #expect(sample.log.text.contains("The ticket was not sealed for this cookie"), "The reason is logged")
            for secret in [String(value.prefix(24)), String(value.suffix(24)), "password=", "secret"] {
                #expect(!sample.log.text.contains(secret))
            }
        }
    }

    @Test func `what was sealed for another purpose is refused`() async throws {
        let sample = try SampleServer()
        let ticket = Array(#"{"id":"a","name":"admin","in":0,"at":0,"end":9007199254740991,"claims":{}}"#.utf8)
        let good = try DataProtector(sample.keys, purpose: "cookies").seal(ticket, context: "KestrunAuth")
        let otherPurpose = try DataProtector(sample.keys, purpose: "invitations").seal(ticket, context: "KestrunAuth")
        let otherCookie = try DataProtector(sample.keys, purpose: "cookies").seal(ticket, context: "KestrunAuth2")
        let otherKeys = try DataProtector(KeyStore(.hmac(generated: .hs256)), purpose: "cookies")
            .seal(ticket, context: "KestrunAuth")
        try await sample.test { client in
            for (value, status) in [
                (good, HTTP.Status.ok), (otherPurpose, .unauthorized), (otherCookie, .unauthorized),
                (otherKeys, .unauthorized),
            ] {
                let answer = try await client.get("/cookies/hello", headers: ["Cookie": "KestrunAuth=" + value])
                #expect(answer.status == status)
            }
        }
    }

    @Test func `a ticket that has ended is refused`() async throws {
        let sample = try SampleServer()
        let ticket = Array(#"{"id":"a","name":"admin","in":0,"at":0,"end":1800000,"claims":{}}"#.utf8)
        let ended = try DataProtector(sample.keys, purpose: "cookies").seal(ticket, context: "KestrunAuth")
        try await sample.test { client in
            let answer = try await client.get("/cookies/hello", headers: ["Cookie": "KestrunAuth=" + ended])
            #expect(answer.status == .unauthorized)
        }
    }

    @Test func `after logging out, copies are refused and another session goes on`() async throws {
        try await SampleServer().test { client in
            let (first, second) = (try await client.cookie(), try await client.cookie())
            #expect(first != second)
            _ = try await client.get("/cookies/logout", headers: ["Cookie": first])
            let replayed = try await client.get("/cookies/hello", headers: ["Cookie": first])
            #expect(replayed.status == .unauthorized)
            let other = try await client.get("/cookies/hello", headers: ["Cookie": second])
            #expect(other.status == .ok)
            let again = try await client.get("/cookies/logout", headers: ["Cookie": first])
            #expect(again.status == .found)
        }
    }

    @Test func `revoking the user ends every session`() async throws {
        let sample = try SampleServer()
        try await sample.test { client in
            let cookie = try await client.cookie()
            try await sample.keys.revoke(subject: "admin", until: .distantFuture)
            let answer = try await client.get("/cookies/hello", headers: ["Cookie": cookie])
            #expect(answer.status == .unauthorized)
        }
    }

    /// A field that says where the request is from, and whether it counts.
    static let origins: [(name: String, value: String, counts: Bool)] = [
        ("Sec-Fetch-Site", "same-origin", true), ("Sec-Fetch-Site", "none", true),
        ("Sec-Fetch-Site", "same-site", false), ("Sec-Fetch-Site", "cross-site", false),
        ("Origin", "https://evil.example", false), ("Origin", "null", false),
        ("Origin", "http://127.0.0.1", false), ("X-Nothing", "said", true),
    ]

    @Test(arguments: origins) func `a form on another site changes nothing here, and signs nobody in`(
        row: (name: String, value: String, counts: Bool)
    ) async throws {
        try await SampleServer().test { client in
            let cookie = try await client.cookie()
            let posted = try await client.send(
                .post, "/cookies/hello", .header(row.name, row.value), headers: ["Cookie": cookie])
            #expect(posted.status == (row.counts ? .ok : .forbidden))
            let login = try await client.logIn(headers: [row.name: row.value])
            #expect(login.status == (row.counts ? .ok : .forbidden))
            #expect((login.cookie != nil) == row.counts)
            let read = try await client.send(
                .get, "/cookies/hello", .header(row.name, row.value), headers: ["Cookie": cookie])
            #expect(read.status == .ok, "What changes nothing may come from anywhere")
        }
    }

    @Test func `its own origin is the server's`() async throws {
        try await SampleServer().test { client in
            let port = try #require(client.server?.endpoints.first?.port)
            let login = try await client.logIn(headers: ["Origin": "https://127.0.0.1:\(port)"])
            #expect(login.status == .ok)
            let clear = try await client.logIn(headers: ["Origin": "http://127.0.0.1:\(port)"])
            #expect(clear.status == .forbidden)
        }
    }

    @Test func `nobody signs in over plain HTTP`() async throws {
        var server = try CookiesSample.server(keys: KeyStore(.hmac(generated: .hs256)))
        server.logger.level = .critical
        try await server.test(over: .socket) { client in
            let login = try await client.logIn()
            #expect(login.status == .forbidden && !login.headers.contains(.setCookie))
        }
    }
}

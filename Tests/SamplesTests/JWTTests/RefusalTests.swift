import Apus
import ApusTesting
import Foundation
import Testing

@testable import JWT

/// What a route behind the Bearer scheme answers to tokens that are no good.
@Suite struct RefusalTests {
    /// A token that is refused, and the words with which it is.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let token: String
        let reason: String

        init(_ name: String, _ token: String, _ reason: String) {
            testDescription = name
            self.token = token
            self.reason = reason
        }
    }

    static let now = Int(Date.now.timeIntervalSince1970)

    static func text(_ secondsFromNow: Int) -> String {
        Date(timeIntervalSince1970: Double(now + secondsFromNow)).formatted(.iso8601)
    }

    static func instant(_ secondsFromNow: Int) -> JSONValue { JSONValue(integerLiteral: now + secondsFromNow) }

    static func rows() throws -> [Row] {
        let good = HandmadeToken()
        let signed = try good.signed()
        let segments = signed.split(separator: ".").map(String.init)
        let otherKey = String(repeating: "ab", count: 32)
        let tampered = good.with("role", "admin").signingInput
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
        return [
            Row("expired", try good.with("exp", instant(-61)).signed(), "The token expired at '\(text(-61))'"),
            Row(
                "expired, from PyJWT",
                """
                eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJLZXN0cnVuQXBpIiwiYXVkIjoiS2VzdHJ1bkNsaWVudHMiLCJzdWIiOiJhZGEiLCJ\
                uYW1lIjoiQWRhIiwiaWF0IjoxNzAwMDAwMDAwLCJuYmYiOjE3MDAwMDAwMDAsImV4cCI6MTcwMDAwMzYwMH0.UvzWg_CxZlMca8s_bWmXBifLKo\
                bzMo7qReszmCCm_xc
                """,
                "The token expired at '2023-11-14T23:13:20Z'"),
            Row(
                "not yet valid", try good.with("nbf", instant(600)).signed(),
                "The token is not valid before '\(text(600))'"),
            Row("without an end", try good.with("exp", nil).signed(), "The token has no expiration"),
            Row("another issuer", try good.with("iss", "Mallory").signed(), "The issuer 'Mallory' is invalid"),
            Row("no issuer", try good.with("iss", nil).signed(), "The claim 'iss' is missing"),
            Row("another audience", try good.with("aud", "Others").signed(), "The audience 'Others' is invalid"),
            Row("other audiences", try good.with("aud", ["A", "B"]).signed(), "The audience 'A, B' is invalid"),
            Row("no audience", try good.with("aud", nil).signed(), "The claim 'aud' is missing"),
            Row("end as text", try good.with("exp", "4102444800").signed(), "The claim 'exp' is malformed"),
            Row("forged with another key", try good.signed(with: otherKey), "The signature is invalid"),
            Row("changed after signing", tampered + "." + segments[2], "The signature is invalid"),
            Row("signature cut off", signed.dropLast(3) + "", "The signature is invalid"),
            Row(
                "alg none", good.with(header: ["alg": "none", "typ": "JWT"]).signingInput + ".",
                "The algorithm 'none' is not allowed"),
            Row("alg none, from PyJWT", "\(none).\(segments[1]).", "The algorithm 'none' is not allowed"),
            Row(
                "alg nOnE", try good.with(header: ["alg": "nOnE"]).signed(), "The algorithm 'nOnE' is not allowed"),
            Row(
                "alg RS256", try good.with(header: ["alg": "RS256", "typ": "JWT"]).signed(),
                "The algorithm 'RS256' is not allowed"),
            Row(
                "alg HS512", try good.with(header: ["alg": "HS512", "typ": "JWT"]).signed(),
                "The algorithm 'HS512' is not allowed"),
            Row("no alg", try good.with(header: ["typ": "JWT"]).signed(), "The algorithm '' is not allowed"),
            Row("unsigned", good.signingInput + ".", "The token is malformed"),
            Row("two segments", good.signingInput, "The token is malformed"),
            Row("no token at all", "token", "The token is malformed"),
            Row("padding", segments[0] + "=." + segments[1] + "." + segments[2], "The token is malformed"),
            Row(
                "unknown key", try good.with(header: ["alg": "HS256", "kid": "../../etc/passwd"]).signed(),
                "The signature key was not found"),
            Row(
                "unknown extension", try good.with(header: ["alg": "HS256", "crit": ["exp"]]).signed(),
                "The header 'crit' is not supported"),
        ]
    }

    @Test(arguments: TestTransport.all, try rows())
    func `a bad token is refused with the reason`(transport: TestTransport, row: Row) async throws {
        try await SampleServer.test(over: transport) { client in
            for path in ["/secure/jwt/hello", "/token/renew"] {
                let refused = try await client.get(path, .bearer(row.token))
                #expect(refused.status == .unauthorized)
                #expect(refused.challenge == #"Bearer error="invalid_token", error_description="\#(row.reason)""#)
                #expect(refused.headers[.contentType]?.hasPrefix("application/problem+json") == true)
                #expect(try refused.json["detail"] == .string(row.reason))
            }
        }
    }

    /// RFC 6750 §3.1: no error code for a request that has no credentials.
    @Test(arguments: TestTransport.all)
    func `without credentials the challenge names no error`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            for path in ["/secure/jwt/hello", "/token/renew", "/secure/jwt/policy"] {
                let refused = try await client.get(path)
                #expect(refused.status == .unauthorized && refused.challenge == "Bearer")
            }
            let basic = try await client.get("/secure/jwt/hello", .basic("admin", "password"))
            #expect(basic.status == .unauthorized && basic.challenge == "Bearer")
        }
    }

    /// RFC 6750 §3.1, invalid_request: more than one method, or a repeated parameter.
    @Test(arguments: TestTransport.all)
    func `a token that comes twice is an invalid request`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let token = try HandmadeToken().signed()
            let twice = try await client.get(
                "/secure/jwt/hello", headers: ["Authorization": "Bearer \(token)", "authorization": "Bearer \(token)"])
            let inTwoPlaces = try await client.get("/secure/jwt/hello?access_token=\(token)", .bearer(token))
            for refused in [twice, inTwoPlaces] {
                #expect(refused.status == .badRequest)
                #expect(refused.challenge?.hasPrefix(#"Bearer error="invalid_request""#) == true)
            }
        }
    }

    /// RFC 6750 §2.3 is optional and discouraged, because targets end up in logs.
    @Test(arguments: TestTransport.all)
    func `a token in the query is no credential`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let refused = try await client.get("/secure/jwt/hello?access_token=\(HandmadeToken().signed())")
            #expect(refused.status == .unauthorized && refused.challenge == "Bearer")
        }
    }

    @Test(arguments: TestTransport.all)
    func `a clock may differ by less than a minute`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let justEnded = HandmadeToken().with("exp", secondsFromNow: -30)
            let almostBegun = HandmadeToken().with("nbf", secondsFromNow: 30)
            for token in [justEnded, almostBegun] {
                let hello = try await client.get("/secure/jwt/hello", .bearer(token.signed()))
                #expect(hello.status == .ok)
            }
        }
    }
}

import Apus
import ApusTesting
import Foundation
import Testing

@testable import JWT

@Suite struct IssuingTests {
    @Test(arguments: TestTransport.all)
    func `a password buys a token and its end`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let before = Date.now.timeIntervalSince1970.rounded(.down)
            let issued = try await client.get("/token/new", .basic("admin", "password"))
            let after = Date.now.timeIntervalSince1970
            #expect(issued.status == .ok)
            #expect(issued.headers[.contentType] == "application/json; charset=utf-8")
            // RFC 6749 §5.1.
            #expect(issued.headers.values(of: .cacheControl) == ["no-store"])
            let answer = try issued.json
            #expect(answer.object?.names == ["access_token", "expires"])

            let token = try #require(answer["access_token"]?.string)
            let header = try HandmadeToken.segment(0, of: token)
            #expect(header["alg"] == "HS256" && header["typ"] == "JWT")
            #expect(header["kid"]?.string?.isEmpty == false)

            let claims = try HandmadeToken.segment(1, of: token)
            #expect(claims["iss"] == "KestrunApi" && claims["aud"] == "KestrunClients")
            #expect(claims["sub"] == "admin" && claims["name"] == "admin" && claims["role"] == "admin")
            let issuedAt = try #require(claims["iat"]?.int)
            #expect(before...after ~= Double(issuedAt))
            #expect(claims["nbf"]?.int == issuedAt && claims["exp"]?.int == issuedAt + 3_600)

            let expires = try Date(try #require(answer["expires"]?.string), strategy: .iso8601)
            #expect(expires == Date(timeIntervalSince1970: Double(issuedAt + 3_600)))
        }
    }

    @Test(arguments: TestTransport.all)
    func `the token bears the signature of the tutorial's key`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let token = try await client.issuedToken()
            var remade = HandmadeToken().with(header: try HandmadeToken.segment(0, of: token))
            remade.claims = try #require(try HandmadeToken.segment(1, of: token).object)
            #expect(try remade.signed() == token)
        }
    }

    static let refused: [TestCredentials?] = [
        nil,
        .basic("admin", "wrong"),
        .basic("Admin", "password"),
        .basic("admin", ""),
        .basic("", "password"),
        .header("Authorization", "Basic"),
        .header("Authorization", "Basic !!!!"),
        // "admin" without a colon.
        .header("Authorization", "Basic YWRtaW4="),
        // "admin:password" without the padding that strict base64 has.
        .header("Authorization", "Basic YWRtaW46cGFzc3dvcmQ"),
        .header("Authorization", "Digest YWRtaW46cGFzc3dvcmQ="),
        .bearer("a.b.c"),
    ]

    @Test(arguments: TestTransport.all, refused.indices)
    func `no, wrong or malformed credentials are challenged`(transport: TestTransport, row: Int) async throws {
        try await SampleServer.test(over: transport) { client in
            let refused = try await client.get("/token/new", Self.refused[row])
            #expect(refused.status == .unauthorized)
            #expect(refused.challenge == #"Basic realm="Init", charset="UTF-8""#)
            #expect(refused.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            #expect(try refused.json["status"] == 401)
        }
    }

    @Test(arguments: TestTransport.all)
    func `the scheme's name is taken in either case`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let field = TestCredentials.header("Authorization", "bAsIc YWRtaW46cGFzc3dvcmQ=")
            let issued = try await client.get("/token/new", field)
            #expect(issued.status == .ok)
        }
    }

    @Test func `a token for one user leaves nothing behind in the next`() async throws {
        let builder = JWTBuilder(keys: try KeyStore(.hmac(hexadecimal: HandmadeToken.key, algorithm: .hs256)))
        let first = try await builder.subject("ada").claim(.role, "admin").build()
        let second = try await builder.subject("bob").build()
        #expect(first.claims.subject == "ada" && first.claims[.role] == "admin")
        #expect(second.claims.subject == "bob" && second.claims[.role] == nil)
    }
}

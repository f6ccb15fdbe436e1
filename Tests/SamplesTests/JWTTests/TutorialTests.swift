import Apus
import ApusTesting
import Testing

@testable import JWT

/// "Try it", as the tutorial prints it.
@Suite struct TutorialTests {
    @Test func `a token opens the door`() async throws {
        try await JWTSample.server.test { client in
            let issued = try await client.get("/token/new", .basic("admin", "password"))
            let hello = try await client.get("/secure/jwt/hello", .bearer(issued.json["access_token"]))
            #expect(hello.status == .ok && hello.text == "JWT Hello admin")
        }
    }

    @Test(arguments: TestTransport.all)
    func `a token opens the door over every transport`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let hello = try await client.get("/secure/jwt/hello", .bearer(client.issuedToken()))
            #expect(hello.status == .ok && hello.text == "JWT Hello admin")
            #expect(hello.headers[.contentType] == "text/plain; charset=utf-8")
        }
    }

    @Test func `the sample listens in clear text and under TLS`() throws {
        let endpoints = try JWTSample.server.endpoints
        #expect(endpoints.map(\.isSecure) == [false, true])
    }

    /// Issued by another implementation, PyJWT 2.15.1, with the tutorial's key, issuer and audience; it ends in 2100.
    @Test(arguments: TestTransport.all)
    func `a token that another implementation has issued opens the door`(transport: TestTransport) async throws {
        let token = """
            eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJLZXN0cnVuQXBpIiwiYXVkIjoiS2VzdHJ1bkNsaWVudHMiLCJzdWIiOiJhZGEiLCJu\
            YW1lIjoiQWRhIiwiaWF0IjoxNzAwMDAwMDAwLCJuYmYiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMH0.JQP937uIXKMn-C2H5IAftCG8YC8rd\
            uKOaBADzM1cIpE
            """
        try await SampleServer.test(over: transport) { client in
            let hello = try await client.get("/secure/jwt/hello", .bearer(token))
            #expect(hello.status == .ok && hello.text == "JWT Hello Ada")
        }
    }
}

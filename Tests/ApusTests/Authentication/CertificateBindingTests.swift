import Apus
import ApusTesting
import Testing

/// Tokens that are bound to a client's certificate (RFC 8705 §3): of use on its connections alone.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct CertificateBindingTests {
    private static let owner = Result { try CertificateIdentity.selfSigned(commonName: "owner") }

    private static func server(_ log: CollectedLog = CollectedLog()) throws -> Server {
        let keys = try KeyStore(.hmac(passphrase: "a passphrase of more than thirty-two octets"))
        let tokens = JWTBuilder(keys: keys).issuer("issuer").audience("audience").subject("ada")
        let bearer = BearerAuthentication("Bearer", validating: tokens.validationParameters)
        var server = Server.logging(log) {
            Get("/token/bound") { request in
                guard let certificate = request.connection.peerCertificate else { throw Problem(.badRequest) }
                return try await tokens.bound(to: certificate).build().token
            }
            Get("/token/free") { _ in try await tokens.build().token }
            Get("/token/renewed") { request in try await tokens.renewed(from: request).token }.authenticated(by: bearer)
            Get("/name") { request in request.user.name }.authenticated(by: bearer)
        }
        server.endpoints = [Endpoint(port: 0, tls: .selfSigned, clientCertificates: .requested)]
        return server
    }

    private static func challenge(_ description: String) -> String {
        #"Bearer error="invalid_token", error_description="\#(description)""#
    }

    @Test(arguments: [TestTransport.inProcess, .tls], TLSVersion.allCases)
    func `a bound token is of use with its certificate alone`(
        transport: TestTransport, version: TLSVersion
    ) async throws {
        try await Self.server().test(over: transport) { client in
            let owner = try client.presenting(Self.owner.get(), version: version)
            let thief = try client.presenting(.selfSigned(commonName: "owner"), version: version)
            let nobody = try client.presenting(nil, version: version)
            let token = try await owner.get("/token/bound").text
            let rows = [
                (owner, 200, nil), (thief, 401, Self.challenge("The token is bound to another certificate")),
                (nobody, 401, Self.challenge("The token is bound to a certificate")),
            ]
            for path in ["/name", "/token/renewed"] {
                for (client, status, challenge) in rows {
                    let response = try await client.get(path, .bearer(token))
                    #expect(response.status.code == status)
                    #expect(response.headers[.wwwAuthenticate] == challenge)
                }
            }
        }
    }

    @Test func `a token that was renewed stays bound`() async throws {
        try await Self.server().test(over: .tls) { client in
            let owner = try client.presenting(Self.owner.get())
            let bound = try await owner.get("/token/bound").text
            let renewed = try await owner.get("/token/renewed", .bearer(bound)).text
            let good = try await owner.get("/name", .bearer(renewed))
            #expect(good.status == .ok && good.text == "ada")
            let bad = try await client.get("/name", .bearer(renewed))
            #expect(bad.status == .unauthorized)
        }
    }

    @Test func `a token that is bound to nothing is of use with any certificate and with none`() async throws {
        try await Self.server().test(over: .tls) { client in
            let token = try await client.get("/token/free").text
            for client in [client, try client.presenting(Self.owner.get())] {
                let response = try await client.get("/name", .bearer(token))
                #expect(response.status == .ok && response.text == "ada")
            }
        }
    }

    @Test func `the log has the reason, and neither token nor certificate`() async throws {
        let log = CollectedLog()
        try await Self.server(log).test(over: .tls) { client in
            let token = try await client.presenting(Self.owner.get()).get("/token/bound").text
            _ = try await client.get("/name", .bearer(token))
            _ = try await client.presenting(.selfSigned(commonName: "thief")).get("/name", .bearer(token))
            for segment in token.split(separator: ".") { #expect(!log.text.contains(segment)) }
        }
        #expect(
            log.problems.map { $0.fields["cause"] } == [
                .string("\(TokenError.certificateMissing)"), .string("\(TokenError.certificateMismatch)"),
            ])
    }
}

import Apus

/// What logins and tokens cost.
enum Credentials {
    static var operations: [Operation] {
        get async throws {
            let basic = BasicAuthentication("Basic", realm: "Benchmark", allowInsecureHTTP: true) { login in
                login.matches(username: "admin", password: "password")
            }
            let message = "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Basic YWRtaW46cGFzc3dvcmQ=\r\n\r\n"
            let request = Request(
                head: try Decoding.head(of: Array(message.utf8)), body: .empty,
                connection: ConnectionContext(peer: nil, isSecure: false, tlsVersion: nil))
            let secret = [UInt8](repeating: 0x5A, count: 32)
            let symmetric = try SigningKey.hmac(bytes: secret, algorithm: .hs256)
            let asymmetric = try SigningKey(.generate(.p256), algorithm: .es256)
            return [
                Operation(
                    "authenticate by Basic", gives: 1,
                    suspending: {
                        if case .principal = try await basic.authenticate(request) { 1 } else { 0 }
                    })
            ] + (try await operations(with: symmetric, count: 200))
                + (try await operations(with: asymmetric, count: 40))
        }
    }

    /// Those of the tutorial's tokens.
    private static func operations(with key: SigningKey, count: Int) async throws -> [Operation] {
        let tokens = JWTBuilder(keys: try KeyStore(key)).issuer("KestrunApi").audience("KestrunClients")
        let builder = tokens.subject("admin").claim(.name, "admin").claim(.role, "admin")
        let token = try await builder.build().token
        let length = token.utf8.count
        let parameters = builder.validationParameters
        return [
            Operation(
                "issue a token with \(key.algorithm.rawValue)", count: count, gives: length,
                suspending: { try await builder.build().token.utf8.count }),
            Operation("verify a token with \(key.algorithm.rawValue)", count: count, gives: 5) {
                try parameters.verify(token).claims.subject?.utf8.count ?? 0
            },
        ]
    }
}

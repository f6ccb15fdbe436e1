import Apus

/// A service whose signing key changes every few seconds, and a partner that knows only the keys that it publishes.
///
/// With `--keys DIRECTORY` the keys live in files, which several processes may share.
@main struct KeyRotation: Service {
    static var server: Server {
        get throws { try server(every: .seconds(6), port: LaunchOptions.current.port(default: 5000)) }
    }

    /// - Parameter period: how long a key signs; for the half of it before that it is published, so that everybody knows it in time.
    static func server(
        every period: Duration, port: Int, logger: Logger = Logger(label: "Key Rotation")
    ) throws -> Server {
        let propagation = period / 2
        let keys =
            if let directory = LaunchOptions.current["keys"] {
                try KeyStore(directory: directory, algorithm: .es256, onEvent: logger.log)
            } else {
                try KeyStore(.generated(.es256), onEvent: logger.log)
            }
        let tokens = JWTBuilder(keys: keys).issuer("rotation").audience("everybody").lifetime(.seconds(20))
        let bearer = BearerAuthentication("Bearer", validating: tokens.validationParameters)

        var server = Server("Key Rotation") {
            Endpoint(port: port)
        } routes: {
            JWKSRoute(keys, propagation: propagation)
            Get("/token/new") { _ in try await tokens.subject("Ada").build().token }
            Get("/hello") { request in
                "Hello \(request.user.name), your token is signed with \(request.user.token?.header.kid ?? "no key")"
            }
            .authenticated(by: bearer)
        }
        server.logger = logger
        return
            server
            .background("rotation") { _ in
                // A key is accepted until its last token has ended, wherever the clock there stands: 20 and 60 seconds.
                try await keys.rotate(every: period, overlap: .seconds(80), propagation: propagation)
            }
            .background("looking for what other processes do") { _ in try await keys.watch(every: .seconds(1)) }
            .background("partner") { running in
                try await partner(trusting: running.endpoints[0].url, tokens, logger)
            }
    }

    /// Verifies one token after another with the published keys; the first that is refused ends the server.
    private static func partner(trusting url: String, _ tokens: JWTBuilder, _ logger: Logger) async throws {
        var limits = RemoteKeySet.Limits()
        // In real life hours and minutes, here seconds.
        limits.shortestMaximumAge = .seconds(1)
        limits.cooldown = .milliseconds(500)
        let published = try RemoteKeySet(
            url + JWKSRoute.defaultPath, fetcher: HTTPSFetcher(allowInsecureHTTP: true), limits: limits,
            allowInsecureHTTP: true)
        let parameters = ValidationParameters(keys: published, issuers: ["rotation"], audiences: ["everybody"])
        var (last, count) = (String?.none, 0)
        while true {
            let token = try await parameters.validate(tokens.subject("partner").build().token)
            count += 1
            if token.header.kid != last {
                last = token.header.kid
                logger.log(
                    .notice, "The partner sees a new key sign",
                    ["kid": .string(last ?? ""), "verified": .integer(count)])
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let url = running.endpoints[0].url
        return """
            Listening on \(url)
            Try it, again and again:
              curl \(url)\(JWKSRoute.defaultPath)
              TOKEN=$(curl -s \(url)/token/new)
              curl -H "Authorization: Bearer $TOKEN" \(url)/hello
            """
    }
}

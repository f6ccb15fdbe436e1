import Apus
import Foundation

/// One of the processes that `run` puts under load: it issues and verifies with a directory of keys, or only verifies.
///
/// - `--keys DIRECTORY`: issues tokens as the issuer `--issuer URL`, which is this process itself unless given.
/// - `--issuer URL` alone: knows nothing of that issuer but its URL.
@main struct RotationPeer {
    /// How long a key signs; days in real life.
    private static let period = Duration.seconds(6)
    /// For how long a key is known before it signs.
    private static let propagation = Duration.seconds(3)
    private static let lifetime = Duration.seconds(20)
    private static let audience = "everybody"

    static func main() async throws {
        let options = LaunchOptions.current
        guard let directory = options["keys"] else {
            guard let issuer = options["issuer"] else { throw Mistake(description: "neither --keys nor --issuer") }
            return try await verifier(trusting: issuer).run(whenReady: announce)
        }
        try await issue(from: directory, as: options["issuer"])
    }

    private static func issue(from directory: String, as issuer: String?) async throws {
        let logger = Logger(label: "issuer")
        let keys = try KeyStore(directory: directory, algorithm: .es256, onEvent: logger.log)
        var server = Server("Issuer") {
            Endpoint(port: 0)
        } routes: {
            JWKSRoute(keys, propagation: propagation)
        }
        server.logger = logger
        server =
            server
            .background("rotation") { _ in
                // A key is accepted until its last token has ended, wherever the clock there stands: 20 and 60 seconds.
                try await keys.rotate(every: period, overlap: lifetime + .seconds(60), propagation: propagation)
            }
            .background("what the other process does") { _ in try await keys.watch(every: .seconds(1)) }
        try await server.run { running in
            let own = running.endpoints[0].url
            let name = issuer ?? own
            // What an access token has, for whoever knows nothing else of the issuer (RFC 9068 §2).
            let tokens = JWTBuilder(keys: keys).issuer(name).audience(audience).header("typ", "at+jwt")
                .claim(.clientID, "load").randomIdentifier().lifetime(lifetime)
            let bearer = BearerAuthentication("Bearer", validating: tokens.validationParameters)
            do {
                try await running.router.add {
                    Get("/.well-known/openid-configuration") { _ in
                        JSON(["issuer": name, "jwks_uri": own + JWKSRoute.defaultPath])
                    }
                    Get("/token/new") { _ in try await tokens.subject("Ada").build().token }
                    hello(bearer)
                }
                await announce(running)
            } catch {
                logger.log(.critical, "There are no routes", ["cause": .string("\(error)")])
            }
        }
    }

    private static func verifier(trusting issuer: String) throws -> Server {
        let logger = Logger(label: "verifier")
        var limits = RemoteKeySet.Limits()
        // Shorter than a key is known before it signs, as the defaults are to an issuer that rotates by the day.
        limits.shortestMaximumAge = .seconds(1)
        limits.cooldown = .milliseconds(500)
        let remote = try RemoteIssuer(issuer, limits: limits, allowInsecureHTTP: true, logger: logger)
        let bearer = BearerAuthentication("Bearer", issuer: remote, audience: audience)
        var server = Server("Verifier") {
            Endpoint(port: 0)
        } routes: {
            hello(bearer)
        }
        server.logger = logger
        return server
    }

    /// Answers with the identifier of the key that signed the token.
    private static func hello(_ bearer: BearerAuthentication) -> Routes {
        Get("/hello") { request in request.user.token?.header.kid ?? "no key" }.authenticated(by: bearer)
    }

    private static func announce(_ running: RunningServer) async {
        // At once, where print would wait when standard output is no terminal.
        FileHandle.standardOutput.write(Data("Listening on \(running.endpoints[0].url)\n".utf8))
    }
}

/// Options that make no sense.
private struct Mistake: Error, CustomStringConvertible {
    let description: String
}

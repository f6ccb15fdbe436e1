import Apus
import ApusJOSE
import Foundation

/// A service that issues tokens, and one that takes them, with one key store.
struct TokenService: Sendable {
    let keys: KeyStore
    private let tokens: JWTBuilder
    let issuerClock: DriftingClock
    let validatorClock: DriftingClock

    init(issuerClock: DriftingClock, validatorClock: DriftingClock) throws {
        let forge = KeyForge()
        keys = try KeyStore(
            try forge.make(), clock: { issuerClock.date },
            makingKeysWith: { (_) throws(KeyError) in try forge.make() })
        tokens = JWTBuilder(keys: keys, clock: { issuerClock.date }).issuer("login")
        self.issuerClock = issuerClock
        self.validatorClock = validatorClock
    }

    var issuer: Server {
        Server("Login") {
            Post("/token/{number}/{lifetime}/{delay}/{audience}") { request in
                let number = try request.parameters.require("number", as: Int.self)
                let lifetime = try request.parameters.require("lifetime", as: Int.self)
                let delay = try request.parameters.require("delay", as: Int.self)
                var builder = tokens.audience(try request.parameters.require("audience"))
                    .subject("user-\(number % 3)").identifier("token-\(number)").lifetime(.seconds(lifetime))
                if delay > 0 { builder = builder.notBefore(issuerClock.date.addingTimeInterval(TimeInterval(delay))) }
                let issued = try await builder.build()
                return JSON(["access_token": issued.token, "expires_in": issued.expiresIn])
            }
        }
    }

    var validator: Server {
        var parameters = tokens.audience("orders").validationParameters
        parameters.clock = { [validatorClock] in validatorClock.date }
        let bearer = BearerAuthentication("Bearer", validating: parameters, realm: "orders")
        return Server("Orders") {
            Get("/orders") { request in "\(request.user.name) \(request.user.token?.claims.identifier ?? "")" }
                .authenticated(by: bearer)
        }
    }
}

@testable import ApusJOSE

/// Another service that issues tokens and publishes its keys.
struct Issuer {
    let key: SigningKey
    private let tokens: JWTBuilder

    init(_ clock: HandClock, _ kid: String) throws {
        key = try .generated(.edDSA, kid: kid)
        tokens = JWTBuilder(keys: try KeyStore(key, clock: clock.read), clock: clock.read)
    }

    /// A token of this issuer that outlives every test.
    func token() async throws -> String {
        try await tokens.lifetime(.seconds(1_000_000)).build().token
    }

    /// The JWK Set with this issuer's key and those of others.
    func answer(
        with others: Issuer..., entityTag: String? = nil, maximumAge: Duration? = nil
    ) throws -> KeySetAnswer {
        let set = try JWKSet(([self] + others).compactMap(\.key.verificationKey.publicJWK))
        return KeySetAnswer(
            status: 200, body: [UInt8](set.json().utf8), entityTag: entityTag, maximumAge: maximumAge)
    }
}

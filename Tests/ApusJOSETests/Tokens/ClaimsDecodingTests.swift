import FoundationEssentials
import Testing

@testable import ApusJOSE

/// Claims of types that a service author has.
@Suite struct ClaimsDecodingTests {
    private struct Address: Codable, Equatable {
        var street: String
        var since: Date
    }

    private struct Profile: Decodable, Equatable {
        var sub: String
        var exp: Date
        var address: Address
        var tags: [String]?
    }

    private static let address = Address(street: "Am Markt 1", since: Date(timeIntervalSince1970: 1_300_819_380))

    // RFC 7519 §2: a NumericDate is the number of seconds since 1970.
    @Test func `a value of an own type goes into a token and comes out`() async throws {
        let builder = JWTBuilder(keys: try KeyStore(Forge.key()), clock: Forge.clock())
            .subject("admin").claim("address", encoding: Self.address)
        let token = try await builder.build().token
        let claims = try builder.validationParameters.verify(token).claims
        #expect(claims["address"] == ["street": "Am Markt 1", "since": 1_300_819_380])
        #expect(try claims.decode("address") == Self.address)
        #expect(try claims.decode("sub", as: String.self) == "admin")
        #expect(try claims.decode("absent", as: Int.self) == nil)
        let profile: Profile = try claims.decode()
        #expect(
            profile
                == Profile(
                    sub: "admin", exp: Date(timeIntervalSince1970: Forge.now + 3600), address: Self.address, tags: nil))
    }

    @Test func `a claim of another shape is an error that names the place and not the value`() throws {
        let claims = Claims(["address": ["street": "secret lane", "since": "yesterday"], "n": "secret"])
        let error = #expect(throws: ClaimDecodingError.self) { try claims.decode("address", as: Address.self) }
        #expect(error?.path == "address.since")
        #expect(error.map { "\($0)".contains("secret") || "\($0)".contains("yesterday") } == false)
        let missing = #expect(throws: ClaimDecodingError.self) { try claims.decode(as: Profile.self) }
        #expect(missing?.path == "sub")
        let number = #expect(throws: ClaimDecodingError.self) { try claims.decode("n", as: Int.self) }
        #expect(number?.description == "Expected Int in the claim 'n'")
    }

    @Test func `a value that is no JSON is a mistake that building tells`() async throws {
        let builder = JWTBuilder(keys: try KeyStore(Forge.key())).claim("ratio", encoding: Double.nan)
        await #expect(throws: JWTBuilderError.claimNotEncodable("ratio")) { try await builder.build() }
    }
}

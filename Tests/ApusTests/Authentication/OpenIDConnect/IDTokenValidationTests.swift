import Foundation
import Testing

@testable import Apus

/// OpenID Connect Core 1.0 §3.1.3.7 and §12.2, beyond what the sample's tests show over a socket.
@Suite struct IDTokenValidationTests {
    private static let access = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"

    private func validation(
        _ other: OtherService, trusting audiences: [String] = [], maximumAge: Duration? = nil,
        algorithms: [SignatureAlgorithm] = SignatureAlgorithm.allCases
    ) throws -> IDTokenValidation {
        IDTokenValidation(
            issuer: try other.issuer(), clientID: "shop", algorithms: algorithms, trustedAudiences: audiences,
            maximumAge: maximumAge)
    }

    private func token(_ other: OtherService) -> JWTBuilder {
        JWTBuilder(keys: other.keys).issuer(OtherService.issuer).audience("shop").subject("ada").claim("nonce", "n")
    }

    private func outcome(_ validation: IDTokenValidation, _ token: JWTBuilder) async throws -> SignInError? {
        do {
            _ = try await validation.validate(
                try await token.build().token, nonce: "n", begunAt: .now, accessToken: Self.access)
            return nil
        } catch let error as SignInError {
            return error
        }
    }

    // The first is that of OpenID Connect Core 1.0, appendix A.3; the others by Python's hashlib.
    static let hashes: [(algorithm: SignatureAlgorithm, hash: String)] = [
        (.rs256, "77QmUPtjPfzWtF2AnpK9RQ"), (.es256, "77QmUPtjPfzWtF2AnpK9RQ"), (.ps256, "77QmUPtjPfzWtF2AnpK9RQ"),
        (.es384, "jtAeDp945y1dDqU3nkIVGNZP1HjH_MFs"), (.es512, "q7nS86GgvvFaZkzALLWqJYaJIKw2wCDAVfCAsm5CrBM"),
        (.edDSA, "q7nS86GgvvFaZkzALLWqJYaJIKw2wCDAVfCAsm5CrBM"),
    ]

    @Test(arguments: hashes)
    func `at_hash is half of the hash that the signature is made with`(
        algorithm: SignatureAlgorithm, hash: String
    ) async throws {
        let other = try OtherService(algorithm: algorithm)
        let validation = try validation(other)
        #expect(try await outcome(validation, token(other).claim("at_hash", hash)) == nil)
        for wrong in [hash + "=", String(hash.dropLast()), "", hash.lowercased()] {
            #expect(
                try await outcome(validation, token(other).claim("at_hash", wrong)) == .idToken(.otherAccessToken))
        }
        #expect(try await outcome(validation, token(other).claim("at_hash", 7)) == .idToken(.otherAccessToken))
    }

    @Test func `several audiences must be trusted, and name this client`() async throws {
        let other = try OtherService()
        let strict = try validation(other)
        let trusting = try validation(other, trusting: ["api"])
        let both = token(other).audience("shop", "api")
        #expect(try await outcome(strict, both.claim("azp", "shop")) == .idToken(.otherAudiences("api")))
        #expect(try await outcome(trusting, both) == .idToken(.authorizedPartyMissing))
        #expect(try await outcome(trusting, both.claim("azp", "shop")) == nil)
        #expect(try await outcome(trusting, both.claim("azp", "api")) == .idToken(.otherAuthorizedParty("api")))
        #expect(try await outcome(trusting, both.claim("azp", true)) == .idToken(.otherAuthorizedParty("")))
        #expect(
            try await outcome(trusting, token(other).audience("api")) == .idToken(.token(.audienceInvalid("api"))))
    }

    @Test func `with max_age the user has proved who they are of late`() async throws {
        let other = try OtherService()
        let validation = try validation(other, maximumAge: .seconds(600))
        #expect(try await outcome(validation, token(other)) == .idToken(.token(.claimMissing("auth_time"))))
        func at(_ age: Double) -> JWTBuilder { token(other).claim(.authenticationTime, Date.now - age) }
        #expect(try await outcome(validation, at(0)) == nil)
        #expect(try await outcome(validation, at(630)) == nil, "Clocks may differ by a minute")
        #expect(try await outcome(validation, at(700)) == .idToken(.authenticationTooOld))
        #expect(
            try await outcome(validation, token(other).claim(.authenticationTime, "now"))
                == .idToken(.token(.claimMalformed("auth_time"))))
    }

    @Test func `an algorithm that is not accepted here is not, whatever the keys are for`() async throws {
        let other = try OtherService(algorithm: .es256)
        let validation = try validation(other, algorithms: [.rs256, .hs256])
        #expect(try await outcome(validation, token(other)) == .idToken(.token(.algorithmNotAllowed("ES256"))))
    }

    @Test(arguments: [
        ("", false), (String(repeating: "x", count: 255), true), (String(repeating: "x", count: 256), false),
    ])
    func `a subject has 1 to 255 octets`(subject: String, isAccepted: Bool) async throws {
        let other = try OtherService()
        let error = try await outcome(try validation(other), token(other).subject(subject))
        #expect(error == (isAccepted ? nil : .idToken(.subjectMalformed)))
    }

    @Test func `while the keys are out of reach nothing is said about the token`() async throws {
        let other = try OtherService()
        other.isReachable(false)
        let error = try await outcome(try validation(other), token(other))
        #expect(error?.problem.status == .serviceUnavailable && error?.problem.headers[.retryAfter] == "30")
    }

    /// What the token of a refresh says, and the claim that may not be so.
    static let refreshed: [(claim: ClaimName, value: JSONValue, changed: String?)] = [
        ("sub", "ada", nil), ("sub", "root", "sub"), ("nonce", "n", nil), ("nonce", "m", "nonce"),
        ("auth_time", 1_000, nil), ("auth_time", 1_001, "auth_time"), ("azp", "shop", nil), ("name", "Ada", nil),
    ]

    @Test(arguments: refreshed)
    func `a refreshed token is about the same sign-in`(claim: ClaimName, value: JSONValue, changed: String?)
        async throws
    {
        let other = try OtherService()
        let validation = try validation(other)
        let first = Claims(["sub": "ada", "nonce": "n", "auth_time": 1_000])
        let token = try await JWTBuilder(keys: other.keys).issuer(OtherService.issuer).audience("shop").subject("ada")
            .claim(claim, value).build().token
        do {
            let claims = try await validation.validate(token, after: first, accessToken: Self.access)
            #expect(changed == nil && claims[claim] == value)
        } catch {
            #expect(error == .idToken(.changed(changed ?? "")))
        }
    }
}

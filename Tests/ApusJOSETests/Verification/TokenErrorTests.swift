import ApusJOSE
import FoundationEssentials
import Testing

@Suite struct TokenErrorTests {
    private static let date = Date(timeIntervalSince1970: 1_767_323_045)

    static let sentences: [(TokenError, String, String)] = [
        (.expired(at: date), "The token expired at '2026-01-02T03:04:05Z'", "token_expired"),
        (.signatureInvalid, "The signature is invalid", "signature_invalid"),
        (.keysUnavailable, "The keys of the token's issuer are not available", "keys_unavailable"),
        (.keyNotFound, "The signature key was not found", "key_not_found"),
        (.audienceInvalid("orders"), "The audience 'orders' is invalid", "audience_invalid"),
        (.issuerInvalid("me"), "The issuer 'me' is invalid", "issuer_invalid"),
        (.notYetValid(at: date), "The token is not valid before '2026-01-02T03:04:05Z'", "token_not_yet_valid"),
        (.expirationMissing, "The token has no expiration", "expiration_missing"),
        (.algorithmNotAllowed("none"), "The algorithm 'none' is not allowed", "alg_not_allowed"),
        (.malformed, "The token is malformed", "token_malformed"),
        (.claimMissing("sub"), "The claim 'sub' is missing", "claim_missing"),
        (.claimMalformed("exp"), "The claim 'exp' is malformed", "malformed_claim"),
        (.tooLarge(limit: 16_384), "The token is larger than 16384 octets", "token_too_large"),
        (.typeNotAccepted("JWT"), "The type 'JWT' is not accepted", "type_not_accepted"),
        (.idTokenNotAccepted, "The token is an ID token", "id_token_not_accepted"),
        (.certificateMissing, "The token is bound to a certificate", "certificate_missing"),
        (.certificateMismatch, "The token is bound to another certificate", "certificate_mismatch"),
        (.confirmationNotSupported("jkt"), "The confirmation 'jkt' is not supported", "confirmation_not_supported"),
        (.encryptionNotAccepted, "The token is encrypted", "encryption_not_accepted"),
        (.notEncrypted, "The token is not encrypted", "token_not_encrypted"),
        (.decryptionKeyNotFound, "The decryption key was not found", "decryption_key_not_found"),
        (.decryptionFailed, "The token could not be decrypted", "decryption_failed"),
        (.notSigned, "The token is not signed", "token_not_signed"),
        (.revoked, "The token was revoked", "token_revoked"),
        (.headerNotSupported("crit"), "The header 'crit' is not supported", "header_not_supported"),
        (
            .lifetimeCapReached(at: date), "The token cannot be renewed beyond '2026-01-02T03:04:05Z'",
            "lifetime_cap_reached"
        ),
    ]

    @Test(arguments: sentences)
    func `says what is wrong`(error: TokenError, description: String, code: String) {
        #expect(error.description == description)
        #expect("\(error)" == description)
        #expect(error.code == code)
    }

    @Test func `has a code of its own, a cause and a remedy for each case`() {
        let errors = Self.sentences.map(\.0)
        #expect(Set(errors.map(\.code)).count == errors.count)
        #expect(Set(errors.map(\.cause)).count == errors.count)
        #expect(Set(errors.map(\.remedy)).count == errors.count)
        #expect(errors.allSatisfy { $0.cause.hasSuffix(".") && $0.remedy.hasSuffix(".") })
    }

    // The troubleshooting table of the tutorial.
    @Test func `tells the developer what to do`() {
        #expect(TokenError.expired(at: Self.date).remedy.contains("Re-issue the token at your token endpoint"))
        #expect(TokenError.signatureInvalid.cause.contains("signed with another key or algorithm"))
    }

    @Test(arguments: [
        TokenError.audienceInvalid("a\"b\\c\r\nd\0é"), .issuerInvalid("a\"b\\c\r\nd\0é"),
        .algorithmNotAllowed("a\"b\\c\r\nd\0é"), .typeNotAccepted("a\"b\\c\r\nd\0é"),
        .claimMissing("a\"b\\c\r\nd\0é"), .audienceInvalid(String(repeating: "é", count: 9000)),
    ])
    func `can stand in a quoted-string whatever the token said`(error: TokenError) {
        #expect(error.description.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C })
        #expect(error.description.utf8.count <= 64 + 40)
    }
}

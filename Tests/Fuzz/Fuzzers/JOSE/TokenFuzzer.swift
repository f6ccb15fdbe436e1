import FoundationEssentials

@testable import ApusJOSE

extension Fuzzer {
    /// Tokens as they come from a client: of all texts, one verifies under a key that nobody else has.
    static let token = Fuzzer(name: "jwt") { (octets) throws(Violation) in
        let parameters = try succeed("The key is good") { try parametersOfRFC7515.get() }
        let text = String(decoding: octets, as: UTF8.self)
        let isVerified = (try? parameters.verify(octets[...])) != nil
        try require(isVerified == (octets == tokenOfRFC7515), "Only the token that was signed verifies")
        let isTextVerified = (try? parameters.verify(text)) != nil
        try require(isTextVerified == (Array(text.utf8) == tokenOfRFC7515), "Only the token that was signed verifies")

        guard let token = try? UnverifiedToken(inspecting: text) else {
            try require(!isVerified, "What verifies can be looked into")
            return
        }
        let segments = octets.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        try require(segments.count == (token.isEncrypted ? 5 : 3), "A token has three segments, encrypted five")
        let shown = token.isEncrypted ? [token.header.members] : [token.header.members, token.claims.members]
        for (segment, members) in zip(segments, shown) {
            let document = try succeed("A segment decodes") { try Base64URL.decode(segment.span) }
            let value = try succeed("A segment is JSON") { try JSONValue.parse(document) }
            try require(value.isIdentical(to: .object(members)), "A token says what its segments say")
        }
        for name in token.claims.members.names {
            _ = token.claims.values(of: ClaimName(name))
        }
        _ = (
            token.claims.expires, token.claims.notBefore, token.claims.issuedAt, token.claims.scopes, token.claims.roles
        )
    }

    // RFC 7515 appendix A.1.
    private static let tokenOfRFC7515 = Array(
        """
        eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9\
        .eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ\
        .dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
        """.utf8)

    private static let parametersOfRFC7515 = Result {
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
        let keys = try KeyStore(.hmac(base64URL: key, algorithm: .hs256))
        return ValidationParameters(keys: keys, issuers: ["joe"]) { Date(timeIntervalSince1970: 1_300_819_379) }
    }
}

import FoundationEssentials
import Testing

@testable import ApusJOSE

/// Tokens that other implementations made, and the forms in which a genuine token arrives.
@Suite struct TokenVerificationTests {
    // RFC 7515 appendix A.1.
    private static let rfcKey = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
    private static let rfcToken = """
        eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9\
        .eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ\
        .dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
        """

    private func rfcParameters(at seconds: Double) throws -> ValidationParameters {
        let keys = try KeyStore(.hmac(base64URL: Self.rfcKey, algorithm: .hs256))
        return ValidationParameters(keys: keys, issuers: ["joe"]) { Date(timeIntervalSince1970: seconds) }
    }

    @Test func `accepts the example of RFC 7515`() throws {
        let token = try rfcParameters(at: 1_300_819_379).verify(Self.rfcToken)
        #expect(token.header.members == ["typ": "JWT", "alg": "HS256"])
        #expect(token.claims.issuer == "joe")
        #expect(token.claims["http://example.com/is_root"] == true)
    }

    @Test func `says when the example of RFC 7515 expired`() throws {
        let error = try #require(throws: TokenError.self) {
            try rfcParameters(at: 1_767_323_045).verify(Self.rfcToken)
        }
        #expect(error.description == "The token expired at '2011-03-22T18:43:00Z'")
    }

    // Made with PyJWT from the claims of the tutorial.
    private static let claimsSegment = """
        eyJpc3MiOiJLZXN0cnVuQXBpIiwiYXVkIjoiS2VzdHJ1bkNsaWVudHMiLCJzdWIiOiJhZG1pbiIsIm5hbWUiOiJhZG1pbiIsInJvbGUi\
        OiJhZG1pbiIsImlhdCI6MTc2NzMyMzA0NSwibmJmIjoxNzY3MzIzMDQ1LCJleHAiOjE3NjczMjY2NDV9
        """
    static let peerTokens: [(algorithm: SignatureAlgorithm, header: String, signature: String)] = [
        (
            .hs256,
            "eyJhbGciOiJIUzI1NiIsImtpZCI6Imp3YmlYVGpLMGhVV2d1dEduM0k1TTlxYml"
                + "WdlNxXzVFdEYwOENBaTFxYk0iLCJ0eXAiOiJKV1QifQ",
            "4pp9r0N_13Heo0iA8DQoYm2lPhR9d07gkAR1f6fPqg8"
        ),
        (
            .hs384,
            "eyJhbGciOiJIUzM4NCIsImtpZCI6IkhlVDVWMkxDcDZFMi0wVkkzLWdUOHNicmU"
                + "5TDBJLURvcm94cVNUMVppbFUiLCJ0eXAiOiJKV1QifQ",
            "v3Cy1XlNSN9TyQSaEsqLTH3XyA0KdWVc0bDcFdUfkUo9IIx0HR-vcn5djBHQ3Tfk"
        ),
        (
            .hs512,
            "eyJhbGciOiJIUzUxMiIsImtpZCI6IkM3OHhFcVBwMWJfTHN3RThLeURRXzBXaWt"
                + "VVk4tam1EdEhtWUR3VU5ScHciLCJ0eXAiOiJKV1QifQ",
            "nnEdAbAwILnrD7Kc7ZeqK4ykZDpjLmAspViYeVzzB9SorWdn7glD04hA8MBnkZ28q4hC1SqBrWgsFjQbToFhpA"
        ),
    ]

    private func peerKey(_ algorithm: SignatureAlgorithm) throws -> SigningKey {
        switch algorithm {
        case .hs256: try Forge.key()
        case .hs384: try .hmac(bytes: [UInt8](0..<48))
        default: try .hmac(bytes: [UInt8](0..<64))
        }
    }

    @Test(arguments: peerTokens)
    func `accepts the tokens of PyJWT`(algorithm: SignatureAlgorithm, header: String, signature: String) throws {
        let text = "\(header).\(Self.claimsSegment).\(signature)"
        let token = try Forge.parameters(KeyStore(peerKey(algorithm))).verify(text)
        #expect(token.header.algorithm == algorithm.rawValue)
        #expect(token.claims.subject == "admin")
        #expect(token.claims.roles == ["admin"])
        #expect(token.claims.expires == Date(timeIntervalSince1970: Forge.now + 3600))
    }

    @Test(arguments: peerTokens)
    func `refuses each changed character`(algorithm: SignatureAlgorithm, header: String, signature: String) throws {
        let text = "\(header).\(Self.claimsSegment).\(signature)"
        let parameters = try Forge.parameters(KeyStore(peerKey(algorithm)))
        let octets = [UInt8](text.utf8)
        for index in octets.indices {
            var changed = octets
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: TokenError.self) { try parameters.verify(changed[...]) }
        }
    }

    @Test func `refuses every truncation and every extension`() throws {
        let parameters = try Forge.parameters()
        let octets = [UInt8](try Forge.token().utf8)
        #expect(throws: Never.self) { try parameters.verify(octets[...]) }
        for count in 0..<octets.count {
            #expect(throws: TokenError.self) { try parameters.verify(octets[..<count]) }
        }
        for extra in ["A", "AA", "AAAA", ".", "=", " ", "\n"] {
            #expect(throws: TokenError.self) { try parameters.verify((octets + extra.utf8)[...]) }
        }
    }

    @Test func `accepts a slice of a larger array`() throws {
        let octets = [UInt8]("Bearer \(try Forge.token())\r\n".utf8)
        #expect(try Forge.parameters().verify(octets[7..<octets.count - 2]).claims.subject == "admin")
    }

    @Test(arguments: [
        "", ".", "..", "...", "a", "a.b", "a..c", ".b.c", "..c", "a.b.c.d", "eyJhbGciOiJIUzI1NiJ9",
    ])
    func `refuses what has not three segments`(text: String) throws {
        #expect(throws: TokenError.malformed) { try Forge.parameters().verify(text) }
    }

    @Test func `refuses an empty segment in a token that is signed`() throws {
        let key = try SigningKey.hmac(hexadecimal: Forge.hexadecimal)
        let header = Base64URL.encode([UInt8](#"{"alg":"HS256"}"#.utf8))
        #expect(throws: TokenError.malformed) {
            try Forge.parameters(KeyStore(key)).verify(Forge.sign(header + ".", key: key))
        }
        #expect(throws: TokenError.malformed) { try Forge.parameters(KeyStore(key)).verify(header + ".e30.") }
    }

    @Test func `counts the segments before it checks the signature`() throws {
        let parts = try Forge.token().split(separator: ".")
        let (header, payload) = (try #require(parts.first), try #require(parts.dropFirst().first))
        let zeros = String(repeating: "A", count: 43)
        for text in ["\(header).\(payload).AAAA.\(zeros)", "\(header)..\(zeros)", "\(header).\(payload)..\(zeros)"] {
            #expect(throws: TokenError.malformed) { try Forge.parameters().verify(text) }
        }
        #expect(throws: TokenError.signatureInvalid) {
            try Forge.parameters().verify("\(header).\(payload).\(zeros)")
        }
    }

    @Test func `refuses a token over the limit before it decodes anything`() throws {
        let parameters = try Forge.parameters()
        #expect(throws: TokenError.tooLarge(limit: 16_384)) {
            try parameters.verify(String(repeating: "!", count: 16_385))
        }
        #expect(throws: TokenError.malformed) { try parameters.verify(String(repeating: "!", count: 16_384)) }
        var smaller = parameters
        let token = try Forge.token()
        smaller.maximumTokenBytes = token.utf8.count
        #expect(throws: Never.self) { try smaller.verify(token) }
        smaller.maximumTokenBytes -= 1
        #expect(throws: TokenError.tooLarge(limit: token.utf8.count - 1)) { try smaller.verify(token) }
    }

    // Base64 in another form decodes to the same octets with lenient decoders; signed as it is, it must still fail.
    @Test func `refuses a payload that is not canonical Base64url though its signature is right`() throws {
        let header = Base64URL.encode([UInt8](#"{"alg":"HS256","kid":"\#(Forge.kid)"}"#.utf8))
        var claims = Forge.claims
        while claims.utf8.count % 3 != 1 { claims += " " }
        let payload = Base64URL.encode([UInt8](claims.utf8))
        #expect(throws: Never.self) { try Forge.parameters().verify(Forge.sign("\(header).\(payload)")) }
        let trailingBits = payload.dropLast() + (payload.hasSuffix("A") ? "B" : "h")
        for form in [payload + "==", payload + "=", "\(trailingBits)", " " + payload, payload + "\n", "+" + payload] {
            #expect(throws: TokenError.malformed) { try Forge.parameters().verify(Forge.sign("\(header).\(form)")) }
        }
    }

    @Test func `refuses a signature that is not canonical Base64url`() throws {
        let token = try Forge.token()
        // RFC 7515 §2: without padding.
        for padding in ["=", "==", "==="] {
            #expect(throws: TokenError.malformed) { try Forge.parameters().verify(token + padding) }
        }
        // The last character of 43 carries two unused bits; the next symbol of the alphabet sets one of them.
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let last = try #require(token.last)
        let index = try #require(alphabet.firstIndex(of: last))
        #expect(throws: TokenError.malformed) {
            try Forge.parameters().verify(token.dropLast() + String(alphabet[index + 1]))
        }
    }

    @Test(arguments: ["AAAA", "AA", String(repeating: "A", count: 42), String(repeating: "A", count: 64)])
    func `refuses a signature of another length`(signature: String) throws {
        let input = try Forge.token().split(separator: ".").dropLast().joined(separator: ".")
        #expect(throws: TokenError.signatureInvalid) { try Forge.parameters().verify("\(input).\(signature)") }
    }

    @Test func `refuses a signature of zeros and one of another key`() throws {
        let input = try Forge.token().split(separator: ".").dropLast().joined(separator: ".")
        let zeros = String(repeating: "A", count: 43)
        #expect(throws: TokenError.signatureInvalid) { try Forge.parameters().verify("\(input).\(zeros)") }
        let foreign = try Forge.token(key: .hmac(generated: .hs256))
        #expect(throws: TokenError.signatureInvalid) { try Forge.parameters().verify(foreign) }
    }
}

import Apus
import Testing

/// RFC 7636 §4.
@Suite struct CodeVerifierTests {
    @Test func `the challenge is that of RFC 7636, appendix B`() throws {
        let verifier = try #require(CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        #expect(verifier.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        #expect(verifier.answers("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
        for other in ["", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN", verifier.text, verifier.challenge + "="] {
            #expect(!verifier.answers(other))
        }
    }

    @Test func `each is new, and 256 bits long`() throws {
        let verifiers = try (0..<100).map { _ in try CodeVerifier() }
        #expect(Set(verifiers).count == 100 && verifiers.allSatisfy { $0.text.utf8.count == 43 })
    }

    // code-verifier = 43*128unreserved
    @Test(arguments: [
        (String(repeating: "a", count: 42), false), (String(repeating: "a", count: 43), true),
        (String(repeating: "~", count: 128), true), (String(repeating: "a", count: 129), false),
        (String(repeating: "a", count: 42) + "=", false), (String(repeating: "a", count: 42) + "ü", false),
        (String(repeating: "a", count: 42) + "+", false), ("", false),
    ])
    func `takes what RFC 7636 calls a verifier`(text: String, isVerifier: Bool) {
        #expect((CodeVerifier(text) != nil) == isVerifier)
    }

    @Test func `shows no secret`() throws {
        let verifier = try CodeVerifier()
        var dumped = ""
        dump(verifier, to: &dumped)
        #expect(!"\(verifier) \(dumped)".contains(verifier.text))
    }
}

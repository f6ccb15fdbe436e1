import ApusJOSE
import Foundation
import Testing

@testable import TokenTool

/// `verify` says in words why a token fails and what to do, as the tutorial's table of symptoms, causes and fixes does.
@Suite struct ExplanationTests {
    /// A token that fails, and three texts that its explanation has: what is wrong, why, and what to do.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var claims: JSONObject = [:]
        var signer = Signer.own
        let symptom: String
        let cause: String
        let fix: String

        init(
            _ name: String, _ claims: JSONObject = [:], signer: Signer = .own, symptom: String, cause: String,
            fix: String
        ) {
            (testDescription, self.claims, self.signer) = (name, claims, signer)
            (self.symptom, self.cause, self.fix) = (symptom, cause, fix)
        }
    }

    /// Who signs, always under the name of the key that verifies.
    enum Signer: Sendable {
        case own
        case stranger
        case secret
        case nobody
    }

    private static let now = Int(Date.now.timeIntervalSince1970)

    private static let rows = [
        Row(
            "expired", ["exp": .number(JSONNumber(now - 3_600))], symptom: "The token expired at '",
            cause: "The token is older than its lifetime", fix: "Re-issue the token at your token endpoint or renew it"),
        Row(
            "not yet valid", ["nbf": .number(JSONNumber(now + 3_600))], symptom: "The token is not valid before '",
            cause: "The token is for later use, or the clocks", fix: "Wait until then or set notBefore"),
        Row(
            "wrong signature", signer: .stranger, symptom: "The signature is invalid",
            cause: "signed with another key or algorithm than this server's", fix: "Compare the key and its form"),
        Row(
            "wrong algorithm", signer: .secret, symptom: "The algorithm 'HS256' is not allowed",
            cause: "signed with another algorithm than this server's keys are for",
            fix: "Sign with the algorithm of this server's key"),
        Row(
            "no algorithm", signer: .nobody, symptom: "The algorithm 'none' is not allowed",
            cause: "or that it is not signed at all", fix: "Sign with the algorithm of this server's key"),
        Row(
            "wrong audience", ["aud": "others"], symptom: "The audience 'others' is invalid",
            cause: "The token was issued for another service", fix: "Ask for a token for this service"),
        Row(
            "wrong issuer", ["iss": "somebody"], symptom: "The issuer 'somebody' is invalid",
            cause: "The token comes from another issuer", fix: "Use a token of a trusted issuer"),
        Row(
            "no end", ["exp": nil], symptom: "The token has no expiration", cause: "gave the token no exp claim",
            fix: "Let the issuer set exp"),
    ]

    private static func token(_ row: Row, under key: JWK) throws -> String {
        var claims: JSONObject = ["iss": "me", "aud": "you", "exp": .number(JSONNumber(now + 3_600))]
        for member in row.claims.members { claims[member.name] = member.value.isNull ? JSONValue?.none : member.value }
        let payload = [UInt8](JSONValue.object(claims).description.utf8)
        let name = try #require(key.kid)
        switch row.signer {
        case .own: return try JWS.sign(payload, with: SigningKey(key))
        case .stranger: return try JWS.sign(payload, with: .generated(.es256, kid: name))
        case .secret: return try JWS.sign(payload, with: .generated(.hs256, kid: name))
        case .nobody: return Base64URL.encode([UInt8](#"{"alg":"none"}"#.utf8)) + "." + Base64URL.encode(payload) + "."
        }
    }

    @Test(arguments: rows) func `says why and what to do`(row: Row) async throws {
        var key = try JWK.generate(.p256)
        key.kid = key.thumbprint()
        let tool = try ToolCommand()
        let file = try tool.write(key.json(), to: "public.json")
        let arguments = ["verify", "--key", file, "--iss", "me", "--aud", "you", try Self.token(row, under: key)]

        let refusal = await #expect(throws: Refusal.self) { try await TokenTool.run(arguments) }
        let lines = try #require(refusal?.description.split(separator: "\n").map(String.init))
        try #require(lines.count == 3)
        #expect(lines[0].hasPrefix("not valid: \(row.symptom)"))
        #expect(lines[1].hasPrefix("cause  ") && lines[1].contains(row.cause))
        #expect(lines[2].hasPrefix("fix    \(row.fix)"))

        // The same as somebody at a terminal has it: on standard error, with a status that a script can tell.
        let result = try await tool.run(arguments)
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.errors == lines.joined(separator: "\n") + "\n")
    }
}

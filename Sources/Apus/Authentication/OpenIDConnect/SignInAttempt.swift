import ApusJOSE
import FoundationEssentials

/// A sign-in that has begun: what the answer to it must fit, and where the browser was going.
struct SignInAttempt: Sendable {
    /// How long the user has at the provider's pages.
    static let lifetime: Duration = .seconds(900)

    /// Names the attempt in the provider's answer; with the cookie it ties the answer to the browser (RFC 6749 §10.12).
    let state: String
    /// Ties the ID token to the attempt (OpenID Connect Core 1.0 §15.5.2).
    let nonce: String
    let verifier: CodeVerifier
    /// A local address.
    let returnURL: String
    let begun: Date

    /// - Throws: `CryptoError` when there is no randomness.
    init(returnURL: String, at now: Date) throws {
        state = try RandomText.make(octets: 16)
        nonce = try RandomText.make(octets: 16)
        verifier = try CodeVerifier()
        self.returnURL = returnURL
        begun = now
    }

    func isCurrent(at now: Date) -> Bool {
        let age = now.timeIntervalSince(begun)
        return age < Self.lifetime / .seconds(1) && age > -CookieTicket.clockSkew
    }
}

extension SignInAttempt {
    /// What is sealed.
    var octets: [UInt8] {
        let members: JSONValue = [
            "state": .string(state), "nonce": .string(nonce), "verifier": .string(verifier.text),
            "return": .string(returnURL), "at": JSONValue(integerLiteral: Int(begun.timeIntervalSince1970)),
        ]
        return members.serialized()
    }

    /// Reads what was sealed.
    init?(octets: [UInt8]) {
        guard let members = try? JSONValue.parse(octets), let state = members["state"]?.string,
            let nonce = members["nonce"]?.string, let verifier = members["verifier"]?.string.flatMap(CodeVerifier.init),
            let returnURL = members["return"]?.string, let begun = members["at"]?.int
        else { return nil }
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        self.returnURL = returnURL
        self.begun = Date(timeIntervalSince1970: Double(begun))
    }
}

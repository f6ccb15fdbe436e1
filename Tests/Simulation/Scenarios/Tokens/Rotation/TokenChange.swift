import ApusJOSE
import Foundation

/// What somebody does to a token before presenting it.
enum TokenChange: String, CaseIterable, Sendable {
    case none
    /// One character of the signature is another.
    case signature
    /// The claims name somebody else, under the old signature.
    case payload
    /// The same claims, signed with a secret of the attacker's under the identifier of the real key.
    case impostor
    /// The same claims, signed with the real secret under an identifier that the store does not know.
    case ghost
    /// The header says that there is no signature, and there is none.
    case unsigned
    /// It is cut off.
    case truncated

    static let last = allCases.count - 1

    /// The text that is sent.
    func applied(to token: IssuedRecord, at date: Date) async throws -> String {
        let parts = token.text.split(separator: ".").map(String.init)
        switch self {
        case .none: return token.text
        case .signature:
            let place = parts[2].index(parts[2].startIndex, offsetBy: 20)
            let other = parts[2][place] == "A" ? "B" : "A"
            return "\(parts[0]).\(parts[1]).\(parts[2].replacingCharacters(in: place...place, with: other))"
        case .payload:
            let end = JSONNumber(Int(token.expires))
            let payload: JSONValue = ["iss": "login", "aud": "orders", "sub": "root", "exp": .number(end)]
            return "\(parts[0]).\(Base64URL.encode(payload.serialized())).\(parts[2])"
        case .impostor: return try await resigned(token, with: KeyForge.impostor(of: token.kid), at: date)
        case .ghost: return try await resigned(token, with: KeyForge.ghost(of: token.kid), at: date)
        case .unsigned:
            return "\(Base64URL.encode(Array("{\"alg\":\"none\",\"kid\":\"\(token.kid)\"}".utf8))).\(parts[1])."
        case .truncated: return "\(parts[0]).\(parts[1])"
        }
    }

    private func resigned(_ token: IssuedRecord, with key: SigningKey, at date: Date) async throws -> String {
        let builder = JWTBuilder(keys: try KeyStore(key, clock: { date }), clock: { date })
        return try await builder.issuer("login").audience("orders").subject(token.subject).identifier(token.jti).build()
            .token
    }

    /// What the refusal says; nil when the change itself is no reason for one.
    var refusal: String? {
        switch self {
        case .none: nil
        case .signature, .payload, .impostor: "The signature is invalid"
        case .ghost: "The signature key was not found"
        case .unsigned: "The algorithm 'none' is not allowed"
        case .truncated: "The token is malformed"
        }
    }
}

import Apus
import ApusCrypto
import Foundation
import Testing

/// A token put together without the framework's own builder, so that it can be wrong in one way and right in all others.
struct HandmadeToken {
    /// The key of the tutorial.
    static let key = "6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0"

    var header: JSONValue = ["alg": "HS256", "typ": "JWT"]
    var claims: JSONObject

    /// One that the sample accepts.
    init() {
        let now = Int(Date.now.timeIntervalSince1970)
        claims = [
            "iss": "KestrunApi", "aud": "KestrunClients", "sub": "ada", "name": "Ada",
            "iat": JSONValue(integerLiteral: now),
            "nbf": JSONValue(integerLiteral: now), "exp": JSONValue(integerLiteral: now + 600),
        ]
    }

    /// The same with one claim changed; nil removes it.
    func with(_ claim: String, _ value: JSONValue?) -> HandmadeToken {
        var copy = self
        copy.claims[claim] = value
        return copy
    }

    /// The same with a claim that holds the instant `seconds` from now.
    func with(_ claim: String, secondsFromNow seconds: Int) -> HandmadeToken {
        with(claim, JSONValue(integerLiteral: Int(Date.now.timeIntervalSince1970) + seconds))
    }

    func with(header: JSONValue) -> HandmadeToken {
        var copy = self
        copy.header = header
        return copy
    }

    /// Header, dot and claims (RFC 7515 §5.1).
    var signingInput: String {
        Self.base64URL(header.serialized()) + "." + Self.base64URL(JSONValue.object(claims).serialized())
    }

    /// The compact form with an HMAC of SHA-256, whatever the header says.
    func signed(with hexadecimal: String = key) throws -> String {
        let digits = Array(hexadecimal)
        let octets = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        let key = try HMACKey(SecretBytes(copying: octets.span), .sha256)
        let code = try key.authenticationCode(for: Array(signingInput.utf8).span)
        return signingInput + "." + Self.base64URL(code)
    }

    static func base64URL(_ octets: [UInt8]) -> String {
        Data(octets).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// One segment of a token, read without looking at its signature.
    static func segment(_ index: Int, of token: String) throws -> JSONValue {
        let segments = token.split(separator: ".", omittingEmptySubsequences: false)
        try #require(segments.count == 3)
        var text = String(segments[index]).replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        let octets = try #require(Data(base64Encoded: text))
        return try JSONValue.parse(Array(octets))
    }
}

import FoundationEssentials

@testable import ApusJOSE

/// The keys, the instant and the claims of the tests, and tokens with whatever header and payload a test wants.
enum Forge {
    static let hexadecimal = "6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0"
    static let kid = "jwbiXTjK0hUWgutGn3I5M9qbiVvSq_5EtF08CAi1qbM"
    static let claims = #"{"iss":"KestrunApi","aud":"KestrunClients","sub":"admin","exp":1767326645}"#

    // 2026-01-02T03:04:05Z
    static let now = 1_767_323_045.0

    static var date: Date { Date(timeIntervalSince1970: now) }

    static func clock(after seconds: Double = 0) -> @Sendable () -> Date {
        { Date(timeIntervalSince1970: now + seconds) }
    }

    static func key() throws -> SigningKey {
        try .hmac(hexadecimal: hexadecimal, algorithm: .hs256)
    }

    /// Parameters for `claims`, at `now` unless said otherwise.
    static func parameters(_ keys: (any KeySource)? = nil, after seconds: Double = 0) throws -> ValidationParameters {
        ValidationParameters(
            keys: try keys ?? KeyStore(key()),
            issuers: ["KestrunApi"],
            audiences: ["KestrunClients"],
            clock: clock(after: seconds)
        )
    }

    /// A token whose signature is right, whatever it says.
    static func token(header: String? = nil, payload: String = claims, key: SigningKey? = nil) throws -> String {
        let header = header ?? #"{"alg":"HS256","typ":"JWT","kid":"\#(kid)"}"#
        return try token(header: [UInt8](header.utf8), payload: [UInt8](payload.utf8), key: key)
    }

    static func token(header: [UInt8], payload: [UInt8], key: SigningKey? = nil) throws -> String {
        try sign(Base64URL.encode(header) + "." + Base64URL.encode(payload), key: key)
    }

    /// Signs any text, be it two segments or not.
    static func sign(_ input: String, key: SigningKey? = nil) throws -> String {
        let octets = [UInt8](input.utf8)
        let signature = try (key ?? Self.key()).signature(for: octets.span)
        return input + "." + Base64URL.encode(signature)
    }
}

import FoundationEssentials

@testable import ApusJOSE

extension Fuzzer {
    /// Header and claims behind a signature that is right, as a partner could send them.
    ///
    /// The first line of the input is the header, the rest the payload. What is accepted must be what RFC 7515, RFC 7519
    /// and RFC 8725 allow, as `isAcceptable` tells it once more.
    static let claims = Fuzzer(name: "claims") { (text) throws(Violation) in
        let parameters = try succeed("The key is good") { try Self.parameters.get() }
        let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2 else { return }
        let (header, payload) = (Array(lines[0]), Array(lines[1]))
        let input = Base64URL.encode(header) + "." + Base64URL.encode(payload)
        let octets = Array(input.utf8)
        let token = try succeed("Any text can be signed") {
            input + "." + Base64URL.encode(try key.get().signature(for: octets.span))
        }
        do {
            let verified = try parameters.verify(token)
            try require(isAcceptable(header, payload), "An unacceptable token is refused")
            let claims = try? JSONValue.parse(payload)
            try require(
                claims?.isIdentical(to: .object(verified.claims.members)) == true,
                "The claims are those that were signed")
        } catch let error as TokenError {
            try require(!isAcceptable(header, payload), "An acceptable token is accepted, but: \(error)")
            let isPlain = error.description.utf8.allSatisfy { 0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "\"") }
            try require(isPlain, "A reason fits into a quoted string")
        } catch let violation as Violation {
            throw violation
        } catch {
            throw Violation("Only token errors are thrown, but \(error)")
        }
    }

    private static let now = 1_300_000_000.0

    private static let key = Result {
        try SigningKey.hmac(bytes: [UInt8](repeating: 0x5A, count: 32), algorithm: .hs256, kid: "k")
    }

    private static let parameters = Result {
        ValidationParameters(
            keys: try KeyStore(try key.get()), issuers: ["joe"], audiences: ["orders"],
            clock: { Date(timeIntervalSince1970: now) })
    }

    private static func isAcceptable(_ header: [UInt8], _ payload: [UInt8]) -> Bool {
        guard let header = (try? JSONValue.parse(header))?.object, isAcceptable(header: header),
            let claims = (try? JSONValue.parse(payload))?.object
        else { return false }
        return isAcceptable(claims: claims)
    }

    private static func isAcceptable(header: JSONObject) -> Bool {
        isText(header["alg"], "HS256")
            && (header["kid"] == nil || isText(header["kid"], "k"))
            && (header["typ"] == nil || isAcceptable(type: header["typ"]?.string))
            && header["crit"] == nil
            && (header["b64"] == nil || header["b64"]?.bool == true)
    }

    /// RFC 8725 §3.11, with the types of RFC 7519 §5.1 and RFC 9068 §2.1; a value without a slash is an application's (RFC 7515 §4.1.9).
    private static func isAcceptable(type: String?) -> Bool {
        guard let type = type?.lowercased() else { return false }
        return ["jwt", "at+jwt", "application/jwt", "application/at+jwt"].contains { isText(.string(type), $0) }
    }

    private static func isAcceptable(claims: JSONObject) -> Bool {
        for name in ["sub", "jti"] {
            if let value = claims[name], value.string == nil { return false }
        }
        for name in ["exp", "nbf", "iat"] {
            guard let value = claims[name] else { continue }
            let limit = 9_007_199_254_740_992
            guard let seconds = value.double, seconds.magnitude <= Double(limit) else { return false }
            if let whole = value.int, whole.magnitude > limit { return false }
        }
        guard let end = claims["exp"]?.double, now < end + 60, now >= (claims["nbf"]?.double ?? 0) - 60 else {
            return false
        }
        let isForUs: Bool
        switch claims["aud"] {
        case .array(let names)?:
            guard !names.isEmpty, names.allSatisfy({ $0.string != nil }) else { return false }
            isForUs = names.contains { isText($0, "orders") }
        case let name: isForUs = isText(name, "orders")
        }
        return isForUs && isText(claims["iss"], "joe")
    }

    private static func isText(_ value: JSONValue?, _ text: String) -> Bool {
        value?.string.map { Array($0.utf8) == Array(text.utf8) } ?? false
    }
}

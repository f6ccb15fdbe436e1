/// One kind of input that a peer sends, and what has to hold whatever the input is.
struct Fuzzer: Sendable {
    /// The name of its folder of seeds.
    let name: String
    /// Feeds an input to the code under test.
    ///
    /// - Throws: `Violation` when a rule is broken. A trap, and memory touched out of bounds, are found by themselves.
    let check: @Sendable ([UInt8]) throws(Violation) -> Void

    static let all: [Fuzzer] = [
        json, base64URL, token, claims, jwk, keyFile, encryptedKey, signedMessage, signedHeader, encryptedMessage,
        encryptedHeader, keyAddress, connection, request, response, chunked, requestTarget, fields, query, date, basic,
        apiKey,
        passwordHash, cookies, setCookie, form, sealed, returnURL,
    ]
}

/// A rule that does not hold.
struct Violation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// States a rule.
func require(
    _ holds: Bool, _ rule: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) throws(Violation) {
    guard holds else { throw Violation("\(file):\(line): \(rule())") }
}

/// What a call gives that the rules say must succeed.
func succeed<Value>(
    _ rule: String, file: StaticString = #fileID, line: UInt = #line, _ body: () throws -> Value
) throws(Violation) -> Value {
    do {
        return try body()
    } catch {
        throw Violation("\(file):\(line): \(rule), but \(error)")
    }
}

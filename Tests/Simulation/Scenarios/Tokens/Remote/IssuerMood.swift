import ApusTesting

/// How the issuer answers when it is asked for its keys.
enum IssuerMood: Sendable, Hashable {
    case well
    /// After so many hundredths of the time that a fetch may take.
    case slow(Int)
    case status(Int)
    /// No JSON, or none that is a JWK Set.
    case content(String)
    /// A JWK Set without a key, which is one (RFC 7517 §5).
    case noKeys
    case tooLarge
    /// The connection ends in the middle of the content.
    case cutOff
    /// Nobody listens.
    case refused
    /// The connection is reset while the answer is waited for.
    case reset

    init(by dice: inout SplitMix64) {
        let contents = ["", "{", "<html></html>", "[]", "{\"keys\":{}}", "null", "{\"keys\":[],\"keys\":[]}"]
        self =
            switch dice.number(in: 0...11) {
            case 0...3: .well
            case 4: .slow(dice.number(in: 1...80))
            case 5: .slow(dice.number(in: 130...400))
            case 6: .status([500, 503, 404, 403, 204, 429][dice.number(in: 0...5)])
            case 7: .content(contents[dice.number(in: 0...contents.count - 1)])
            case 8: dice.happens(0.3) ? .noKeys : .cutOff
            case 9: .tooLarge
            case 10: .refused
            default: .reset
            }
    }
}

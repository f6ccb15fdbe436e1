import ApusTesting

/// One thing that happens between a service, its clients and the issuer whose tokens it takes.
struct RemoteAction: Sendable, CustomStringConvertible {
    enum Kind: Sendable {
        /// Tokens of keys that are so much older than the newest one, all at once.
        case present(RemoteToken, behind: [Int])
        case addKey
        case dropKey
        case mood(IssuerMood)
    }

    let pause: Duration
    let kind: Kind
    /// Whether the next action waits until this one is done.
    let isAwaited: Bool

    var description: String { "after \(pause) \(kind)\(isAwaited ? "" : ", and go on")" }

    init(by dice: inout SplitMix64) {
        isAwaited = dice.happens(0.6)
        pause =
            switch dice.number(in: 0...19) {
            case 0...7: .zero
            case 8...11: .milliseconds(dice.number(in: 1...3_000))
            case 12...15: .seconds(dice.number(in: 1...70))
            case 16...18: .seconds(dice.number(in: 60...300))
            default: .seconds(dice.number(in: 300...1_200))
            }
        switch dice.number(in: 0...99) {
        case 0..<60:
            let token = dice.happens(0.75) ? RemoteToken.genuine : dice.happens(0.5) ? .impostor : .ghost
            let count = dice.happens(0.85) ? 1 : dice.number(in: 2...6)
            kind = .present(token, behind: (0..<count).map { _ in dice.number(in: -1...3) })
        case 60..<72: kind = .addKey
        case 72..<78: kind = .dropKey
        default: kind = .mood(IssuerMood(by: &dice))
        }
    }
}

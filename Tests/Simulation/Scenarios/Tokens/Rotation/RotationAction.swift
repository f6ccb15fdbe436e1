import ApusTesting

/// One thing that happens to a service with tokens, and how long after the one before.
struct RotationAction: Sendable, CustomStringConvertible {
    enum Kind: Sendable {
        case issue(lifetime: Int, delay: Int, audience: String)
        case present(Int, TokenChange, when: Moment)
        case presentNothing
        case rotate(propagation: Int, overlap: Int)
        case use(Int)
        case remove(Int)
        case revokeKey(Int)
        case revokeToken(Int)
        case revokeSubject(Int)
        /// All machines' clocks are set.
        case setClocks(forward: Int)
        /// Only the issuer's, or only the validator's is set.
        case setClock(ofIssuer: Bool, forward: Int)
    }

    /// When a token is presented, by the validator's clock.
    enum Moment: Sendable {
        case now
        /// So many milliseconds after the last instant at which it may be accepted.
        case afterEnd(Int)
        /// So many milliseconds after the first one.
        case afterStart(Int)
    }

    let pause: Duration
    let kind: Kind
    /// Whether the next action waits until this one is done.
    let isAwaited: Bool
    /// No other action of the script has it.
    let number: Int

    var description: String {
        "\(number): after \(pause) \(kind)\(isAwaited ? "" : ", and go on")"
    }

    init(_ number: Int, by dice: inout SplitMix64) {
        self.number = number
        isAwaited = dice.happens(0.6)
        pause =
            switch dice.number(in: 0...9) {
            case 0...3: .zero
            case 4...6: .milliseconds(dice.number(in: 1...2_000))
            case 7...8: .seconds(dice.number(in: 1...400))
            default: .seconds(dice.number(in: 1...8_000))
            }
        kind = Self.kind(by: &dice)
    }

    private static func kind(by dice: inout SplitMix64) -> Kind {
        let which = dice.number(in: 0...999)
        switch dice.number(in: 0...99) {
        case 0..<25:
            let lifetime = [5, 60, 300, 3_600][dice.number(in: 0...3)] + dice.number(in: 0...3)
            let delay = dice.happens(0.8) ? 0 : dice.number(in: 1...200)
            return .issue(lifetime: lifetime, delay: delay, audience: dice.happens(0.93) ? "orders" : "billing")
        case 25..<65:
            let change = dice.happens(0.8) ? .none : TokenChange.allCases[dice.number(in: 0...TokenChange.last)]
            return .present(which, change, when: moment(by: &dice))
        case 65..<67: return .presentNothing
        case 67..<77:
            return .rotate(
                propagation: [0, 1, 300][dice.number(in: 0...2)], overlap: [1, 100, 3_660][dice.number(in: 0...2)])
        case 77..<80: return .use(which)
        case 80..<82: return .remove(which)
        case 82..<85: return .revokeKey(which)
        case 85..<90: return .revokeToken(which)
        case 90..<93: return .revokeSubject(which)
        case 93..<96: return .setClocks(forward: dice.number(in: -50...400))
        default: return .setClock(ofIssuer: dice.happens(0.5), forward: dice.number(in: -70...70))
        }
    }

    private static func moment(by dice: inout SplitMix64) -> Moment {
        let offset = [-1_500, -20, 20, 1_500][dice.number(in: 0...3)]
        return dice.happens(0.5) ? .now : dice.happens(0.7) ? .afterEnd(offset) : .afterStart(offset)
    }
}

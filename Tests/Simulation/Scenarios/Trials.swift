extension Trial {
    /// All there are.
    public static let all: [Trial] = [
        Trial(MixedTraffic.self)
    ]
}

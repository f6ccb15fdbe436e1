extension Trial {
    /// All there are.
    public static let all: [Trial] = [
        Trial(MixedTraffic.self),
        Trial(BrokenTraffic.self),
        Trial(Backpressure.self),
        Trial(Deadlines.self),
        Trial(Shutdown.self),
        Trial(Overload.self),
        Trial(KeyRotation.self),
        Trial(RemoteIssuance.self),
    ]
}

/// What one connection has of the weather, for as long as it lives.
struct NetworkPath {
    let weather: Weather
    /// In nanoseconds.
    let latency: UInt64
    private let octetsPerSecond: Int
    let window: Int

    init(in weather: Weather, by chance: inout Chance) {
        self.weather = weather
        latency = chance.nanoseconds(in: weather.latency.nanoseconds)
        octetsPerSecond = chance.number(in: weather.bandwidth)
        window = chance.number(in: weather.window)
    }

    /// How long octets that leave now are under way, in nanoseconds.
    func delay(of count: Int, by chance: inout Chance) -> UInt64 {
        let transfer = UInt64(count) &* 1_000_000_000 / UInt64(max(1, octetsPerSecond))
        let stall = chance.happens(weather.stalls) ? chance.nanoseconds(in: weather.stall.nanoseconds) : 0
        return latency &+ transfer &+ stall
    }
}

extension ClosedRange<Duration> {
    /// Negative durations count as none.
    var nanoseconds: ClosedRange<UInt64> { lowerBound.wholeNanoseconds...upperBound.wholeNanoseconds }
}

extension Duration {
    /// Negative durations count as none.
    var wholeNanoseconds: UInt64 { UInt64(max(0, self / .nanoseconds(1))) }
}

/// What a simulated network does to connections.
///
/// Each connection has a latency, a bandwidth and a window of its own, out of these ranges, for as long as it lives.
public struct Weather: Sendable {
    /// How long an octet is under way, in one direction.
    public var latency: ClosedRange<Duration> = .microseconds(20) ... .milliseconds(2)

    /// Octets per second.
    public var bandwidth: ClosedRange<Int> = 1_000_000...100_000_000

    /// How many octets a side may send before the other has read any.
    public var window: ClosedRange<Int> = 4_096...262_144

    /// The share of sends whose octets arrive in several pieces; each piece is cut again with the same chance.
    public var fragmentation = 0.3

    /// The share of sends of which the system takes only a part.
    public var shortWrites = 0.1

    /// The share of sends after which the connection stands still for a time out of `stall`.
    public var stalls = 0.0

    /// How long a connection stands still.
    public var stall: ClosedRange<Duration> = .milliseconds(50) ... .seconds(5)

    /// The share of sends with which the connection breaks on both sides.
    public var resets = 0.0

    /// The share of connections that are refused although somebody listens.
    public var refusals = 0.0

    /// Makes the weather of a fair day: short and long ways, small and large windows, and octets in pieces, but nothing breaks.
    public init() {}

    /// Octets in pieces, connections that stand still, and some that break.
    public static var stormy: Weather {
        var weather = Weather()
        weather.fragmentation = 0.6
        weather.shortWrites = 0.3
        weather.stalls = 0.02
        weather.resets = 0.01
        return weather
    }
}

/// How fast a client sends the content of one request: what it has sent, and how long it was waited for.
struct ContentPace {
    private(set) var octets = 0
    /// In nanoseconds; the handler's own time is not in it.
    private(set) var waited: UInt64 = 0

    mutating func received(_ octets: Int) {
        self.octets &+= octets
    }

    mutating func waited(_ nanoseconds: UInt64) {
        waited &+= nanoseconds
    }

    /// How long, in nanoseconds, the client can be waited for without falling below `rate`, in octets per second, once `grace` is over.
    func patience(rate: Int, grace: UInt64) -> UInt64 {
        guard rate > 0 else { return .max }
        let (earned, overflow) = UInt64(octets).multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return .max }
        let allowed = grace &+ earned / UInt64(rate)
        return allowed > waited ? allowed - waited : 0
    }
}

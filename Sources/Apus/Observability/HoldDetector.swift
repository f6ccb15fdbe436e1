import ApusTransport

/// Finds out from glimpses of a loop that one job holds it: two at the same step have seen the same job.
struct HoldDetector {
    /// In nanoseconds.
    private let threshold: UInt64
    private var seen: LoopActivity.Glimpse?
    private var since: UInt64 = 0
    private var nextReport: UInt64 = 0

    init(threshold: UInt64) {
        self.threshold = threshold
    }

    /// - Returns: for how long, at least, the job has held the loop, when that is to be told: first at the threshold, and again whenever the
    ///   time has doubled.
    mutating func look(at glimpse: LoopActivity.Glimpse, _ now: UInt64) -> UInt64? {
        guard !glimpse.isAsleep, glimpse == seen else {
            (seen, since, nextReport) = (glimpse, now, threshold)
            return nil
        }
        let held = now &- since
        guard held >= nextReport else { return nil }
        nextReport = 2 &* held
        return held
    }
}

extension Duration {
    /// Whole nanoseconds; zero for negative durations, and about 292 years at most.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow
            ? UInt64(Int64.max) : min(product, UInt64(Int64.max) - 1_000_000_000) + UInt64(attoseconds / 1_000_000_000)
    }
}

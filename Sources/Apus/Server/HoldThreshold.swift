extension Server {
    /// When an event loop counts as held; see `holdThreshold`.
    public enum HoldThreshold: Sendable {
        /// After 50 ms in development mode while the server runs until a signal comes, and never otherwise.
        case automatic
        /// After this time, of 4 ms at least; a thread looks four times as often.
        case after(Duration)
        /// Nobody looks.
        case never

        /// Nil when nobody looks.
        func nanoseconds(_ mode: Mode, isRunning: Bool) -> UInt64? {
            switch self {
            case .automatic: isRunning && mode == .development ? 50_000_000 : nil
            case .after(let duration): max(4_000_000, duration.nanoseconds)
            case .never: nil
            }
        }
    }
}

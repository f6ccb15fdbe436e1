import FoundationEssentials
import Synchronization

/// A clock that stands until a test moves it, from `Forge.now` on.
final class HandClock: Sendable {
    private let seconds = Mutex(Forge.now)

    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }

    var read: @Sendable () -> Date { { self.now } }

    func advance(_ duration: Duration) {
        seconds.withLock { $0 += duration / .seconds(1) }
    }

    /// A sleep that takes no time but moves the clock, and ends as if cancelled when the test has seen enough.
    func sleep(until end: Date) -> @Sendable (Duration) async throws -> Void {
        { duration in
            guard self.now < end else { throw CancellationError() }
            self.advance(duration)
        }
    }
}

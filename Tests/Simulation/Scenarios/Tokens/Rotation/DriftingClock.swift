import ApusTesting
import Foundation
import Synchronization

/// The clock of one machine, which is apart from the world's, and may be set while requests are under way.
final class DriftingClock: Sendable {
    private struct State {
        var ahead: TimeInterval
        /// What it showed before and after each time that it was set.
        var jumps: [Date] = []
        /// In seconds.
        var furthestBehind: TimeInterval = 0
    }

    private let world: World
    private let state: Mutex<State>

    init(of world: World, ahead seconds: Int) {
        self.world = world
        state = Mutex(State(ahead: TimeInterval(seconds)))
    }

    var date: Date { state.withLock { world.date.addingTimeInterval($0.ahead) } }

    /// Sets this clock alone.
    func jump(by seconds: Int) {
        let seconds = max(seconds, -secondsToGoBack)
        noting { state.withLock { $0.ahead += TimeInterval(seconds) } }
    }

    /// How far it may be set back: it never shows less than a minute before the latest that it has shown, which is what a store allows for.
    var secondsToGoBack: Int {
        max(0, 59 - Int(latest.timeIntervalSince(date)))
    }

    /// The latest that it has ever shown.
    var latest: Date {
        let date = date
        return state.withLock { max(date, $0.jumps.max() ?? date) }
    }

    /// Remembers what the clock shows before and after a change that moves it.
    func noting(_ change: () -> Void) {
        let before = date
        change()
        let after = date
        state.withLock { state in
            state.jumps += [before, after]
            let latest = state.jumps.max() ?? after
            state.furthestBehind = max(state.furthestBehind, latest.timeIntervalSince(after))
        }
    }

    /// By how many seconds it has at most been behind what it had shown earlier.
    var furthestBehind: TimeInterval { state.withLock(\.furthestBehind) }

    /// A moment from which on it matters what the clock shows.
    struct Mark: Sendable {
        fileprivate let date: Date
        fileprivate let jumps: Int
    }

    func mark() -> Mark { Mark(date: date, jumps: state.withLock(\.jumps.count)) }

    /// Everything that it can have shown since then.
    func shown(since mark: Mark) -> ClosedRange<Date> {
        let dates = [mark.date, date] + state.withLock { $0.jumps[mark.jumps...] }
        return (dates.min() ?? mark.date)...(dates.max() ?? mark.date)
    }
}

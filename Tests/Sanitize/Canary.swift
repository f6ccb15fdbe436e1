import Synchronization

/// What a sanitizer must report, and what it must not: `Canary thread|address|none`.
@main enum Canary {
    static func main() async {
        switch CommandLine.arguments.last {
        case "thread": await Counter().countTogether { $0.bare += 1 }
        case "address": readAfterFree()
        default: await Counter().countTogether { counter in counter.locked.withLock { $0 += 1 } }
        }
    }

    private static func readAfterFree() {
        let octets = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
        octets.initialize(to: 0)
        octets.deallocate()
        print(octets.pointee)
    }
}

private final class Counter: Sendable {
    let locked = Mutex(0)
    /// A race on purpose.
    nonisolated(unsafe) var bare = 0

    /// Often enough that the tasks get into each other's way.
    func countTogether(_ count: @escaping @Sendable (Counter) -> Void) async {
        await withDiscardingTaskGroup { tasks in
            for _ in 0..<4 {
                tasks.addTask { for _ in 0..<100_000 { count(self) } }
            }
        }
    }
}

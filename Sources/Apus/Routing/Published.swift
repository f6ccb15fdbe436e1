import Synchronization

/// A value that one actor replaces and everyone reads.
final class Published<Value: AnyObject & Sendable>: Sendable {
    private let value: Mutex<Value>
    private let version = Atomic<Int>(0)

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func publish(_ new: Value) {
        value.withLock { $0 = new }
        version.add(1, ordering: .releasing)
    }

    var current: Value { value.withLock { $0 } }

    /// Brings `reader` up to date; costs one load when nothing has changed.
    func refresh(_ reader: inout Reader) -> Value {
        let latest = version.load(ordering: .acquiring)
        if latest != reader.version {
            reader.value = current
            reader.version = latest
        }
        return reader.value
    }

    /// What one reader saw last.
    struct Reader {
        fileprivate var value: Value
        fileprivate var version: Int
    }

    func reader() -> Reader {
        let seen = version.load(ordering: .acquiring)
        return Reader(value: current, version: seen)
    }
}

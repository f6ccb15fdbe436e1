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

    /// Nothing has been published since `reader` was made; costs one load.
    func isLatest(_ reader: Reader) -> Bool { version.load(ordering: .acquiring) == reader.version }

    /// What one reader saw last.
    struct Reader {
        let value: Value
        fileprivate let version: Int
    }

    func reader() -> Reader {
        let seen = version.load(ordering: .acquiring)
        return Reader(value: current, version: seen)
    }
}

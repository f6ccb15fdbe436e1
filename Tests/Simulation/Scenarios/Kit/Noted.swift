import Synchronization

/// Something that several tasks of a scenario note and read.
final class Noted<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock(\.self) }

    func change(_ body: (inout Value) -> Void) { state.withLock { body(&$0) } }
}

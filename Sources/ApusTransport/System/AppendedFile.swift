import Synchronization

/// A file that lines are appended to, by any thread; it follows its path when somebody renames or removes the file.
package final class AppendedFile: Sendable {
    private struct State {
        var descriptor: Int32
        /// When it was last made sure, on the monotonic clock, that the path leads to the open file.
        var checked: UInt64
        var lost = 0
    }

    private static let checkInterval: UInt64 = 1_000_000_000

    private let path: String
    private let state: Mutex<State>

    /// Opens the file at `path`, and makes it when it is missing.
    package init(_ path: String) throws(SystemError) {
        self.path = path
        let descriptor = try Syscall.openForAppending(path)
        state = Mutex(State(descriptor: descriptor, checked: Syscall.monotonicNanoseconds()))
    }

    deinit {
        state.withLock { Syscall.close($0.descriptor) }
    }

    /// Appends `line` in one system call.
    ///
    /// - Parameter notice: words for how many lines could not be written, once one can be again.
    package func append(_ line: String, afterLosing notice: (Int) -> String) {
        state.withLock { state in
            follow(&state)
            if state.lost > 0 {
                guard Syscall.writeWhole(state.descriptor, notice(state.lost)) else {
                    state.lost += 1
                    return
                }
                state.lost = 0
            }
            if !Syscall.writeWhole(state.descriptor, line) { state.lost += 1 }
        }
    }

    private func follow(_ state: inout State) {
        let now = Syscall.monotonicNanoseconds()
        guard now &- state.checked >= Self.checkInterval else { return }
        state.checked = now
        guard !Syscall.isFile(state.descriptor, at: path), let descriptor = try? Syscall.openForAppending(path)
        else { return }
        Syscall.close(state.descriptor)
        state.descriptor = descriptor
    }
}

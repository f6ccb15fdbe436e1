import Synchronization

/// A file that lines are appended to, by any thread; it follows its path when somebody renames or removes the file.
package final class AppendedFile: Sendable {
    private struct State {
        var descriptor: Int32
        /// When it was last made sure, on the monotonic clock, that the path leads to the open file.
        var checked: UInt64
        var lost = 0
        /// The file ends within a line, of which the disk has taken a part.
        var isTorn = false
    }

    private let path: String
    private let checkInterval: UInt64
    private let state: Mutex<State>

    /// Opens the file at `path`, and makes it when it is missing.
    ///
    /// - Parameter checkInterval: how many nanoseconds lie at least between two looks at where the path leads.
    package init(_ path: String, checkInterval: UInt64 = 1_000_000_000) throws(SystemError) {
        self.path = path
        self.checkInterval = checkInterval
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
                guard write(notice(state.lost), &state) else {
                    state.lost += 1
                    return
                }
                state.lost = 0
            }
            if !write(line, &state) { state.lost += 1 }
        }
    }

    private func write(_ line: String, _ state: inout State) -> Bool {
        let text = state.isTorn ? "\n" + line : line
        let written = Syscall.append(state.descriptor, text)
        if written > 0 { state.isTorn = written < text.utf8.count }
        return written == text.utf8.count
    }

    private func follow(_ state: inout State) {
        let now = Syscall.monotonicNanoseconds()
        guard now &- state.checked >= checkInterval else { return }
        state.checked = now
        guard !Syscall.isFile(state.descriptor, at: path), let descriptor = try? Syscall.openForAppending(path)
        else { return }
        Syscall.close(state.descriptor)
        state.descriptor = descriptor
        state.isTorn = false
    }
}

/// What tells one state of a file from another: which file a path leads to, how long it is, and when it was changed.
///
/// Symbolic links are followed, so that a link that has been turned elsewhere shows too.
package struct FileMark: Equatable, Sendable {
    let device: UInt64
    let number: UInt64
    let size: Int64
    let modified: UInt64
    let changed: UInt64

    /// Nil when there is no file that this process can reach.
    package init?(path: String) {
        guard let mark = Syscall.mark(ofFileAt: path) else { return nil }
        self = mark
    }

    init(device: UInt64, number: UInt64, size: Int64, modified: UInt64, changed: UInt64) {
        self.device = device
        self.number = number
        self.size = size
        self.modified = modified
        self.changed = changed
    }
}

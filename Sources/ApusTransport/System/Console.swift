/// The process's standard output and error.
package enum Console {
    /// Writes `text` to standard error in one system call, so that lines of several threads do not mix.
    package static func writeError(_ text: String) {
        Syscall.write(2, text)
    }

    /// Writes `text` to standard output in one system call.
    package static func writeOutput(_ text: String) {
        Syscall.write(1, text)
    }
}

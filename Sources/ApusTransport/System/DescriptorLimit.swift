/// How many files and sockets this process may have open.
package enum DescriptorLimit {
    /// Raises the limit to the most that the system grants, and returns it.
    package static func raise() -> Int {
        Syscall.raiseDescriptorLimit()
    }
}

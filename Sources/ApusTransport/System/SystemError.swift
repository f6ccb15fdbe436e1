import Glibc

/// A system call that failed: which one, and the error number.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    package let call: String
    package let code: Int32

    package init(_ call: String, _ code: Int32) {
        self.call = call
        self.code = code
    }

    package var description: String { "\(call): \(reason)" }

    /// The C library's words for the error number.
    package var reason: String { String(cString: strerror(code)) }
}

import COpenSSL
import Glibc

/// Reads the calling thread's OpenSSL error queue.
enum OpenSSLFailure {
    /// The reason text of the oldest error in the queue, which is the one nearest to the cause; empties the queue.
    static func takeReason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        return reason(for: code)
    }

    /// As `takeReason()`, with what OpenSSL adds to it, such as why a chain of certificates does not count.
    static func takeReasonInDetail() -> String {
        var detail: UnsafePointer<CChar>?
        var flags: Int32 = 0
        let reason = reason(for: ERR_peek_error_data(&detail, &flags))
        defer { ERR_clear_error() }
        guard flags & ERR_TXT_STRING != 0, let detail, detail.pointee != 0 else { return reason }
        return "\(reason), \(String(cString: detail))"
    }

    /// As `takeReason()`, for what may have failed in the operating system, as reading a file does.
    static func takeSystemReason() -> String {
        let code = ERR_peek_error()
        defer { ERR_clear_error() }
        // OpenSSL has no text for errors of the operating system; it puts errno into the code instead.
        if ERR_GET_LIB(code) == ERR_LIB_SYS, let text = strerror(ERR_GET_REASON(code)) {
            return String(cString: text)
        }
        return reason(for: code)
    }

    /// Empties the queue, because OpenSSL takes what an earlier call left there for a failure of the next one.
    ///
    /// Looking first takes a fifth of the time of emptying an empty queue, which would be a tenth of a record's.
    static func forget() {
        if ERR_peek_error() != 0 { ERR_clear_error() }
    }

    static func reason(for code: UInt) -> String {
        if let reason = ERR_reason_error_string(code) {
            return String(cString: reason)
        }
        return code == 0 ? "no reason given" : "error \(code)"
    }
}

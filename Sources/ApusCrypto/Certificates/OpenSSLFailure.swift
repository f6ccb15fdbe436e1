import COpenSSL

/// Reads the calling thread's OpenSSL error queue.
enum OpenSSLFailure {
    /// The reason text of the oldest error in the queue, which is the one nearest to the cause; empties the queue.
    static func takeReason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
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

import ApusHTTP
import ApusTransport

/// The Date header field of one event loop's responses (RFC 9110 §6.6.1), written anew once a second.
///
/// Belongs to the loop's thread, on which its connections are.
final class DateField: @unchecked Sendable {
    private let loop: EventLoop
    private var second = -1
    private var octets: [UInt8] = []

    init(loop: EventLoop) {
        self.loop = loop
    }

    /// `Date: …` with the line end.
    var current: [UInt8] {
        let now = loop.secondsSince1970
        if now != second {
            second = now
            octets = IMFFixdate.dateField(secondsSince1970: now)
        }
        return octets
    }
}

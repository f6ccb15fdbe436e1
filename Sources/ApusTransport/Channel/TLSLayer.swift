import ApusCrypto

/// What a channel keeps for TLS; one in clear text does without.
///
/// Belongs to its channel.
final class TLSLayer {
    let session: TLSSession
    /// What the connection has written and TLS has not yet encrypted.
    var clearText: [UInt8] = []
    /// The peer has sent close_notify.
    var hasPeerClosed = false
    /// Octets of ciphertext that have come since the last that brought any content.
    var fruitlessCount = 0
    /// When the record buffers were last of use; nil while the session has none.
    var lastRecord: UInt64?

    init(_ session: TLSSession) {
        self.session = session
    }

    /// Lets `change` have the clear text: see `Channel.changeWire(_:)`.
    @inline(__always)
    func changeClearText(_ change: (inout [UInt8]) -> Void) {
        var buffer: [UInt8] = []
        swap(&buffer, &clearText)
        change(&buffer)
        swap(&buffer, &clearText)
    }
}

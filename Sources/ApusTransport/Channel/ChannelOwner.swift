/// Whoever a channel works for, as far as it has to be told what it does not wait for.
///
/// All is told on the channel's loop, between jobs or within one. A channel keeps its owner until it is closed.
package protocol ChannelOwner: AnyObject {
    /// Nobody can read an answer any more; told once, not after the channel was closed, and behind `channelHasOctets()` if that finds it.
    func channelHungUp()

    /// The peer has ended its sending direction: it may be gone, or wait for an answer.
    func channelPeerEnded()

    /// There may be octets for whoever waits for them.
    ///
    /// - Returns: false when whoever waits is to be woken; true when what has come was dealt with without, and the wait goes on.
    func channelHasOctets() -> Bool

    /// The deadline has come while nobody waits for the channel.
    func channelIsOverdue()
}

/// Channels that have had their turn and are not done, in the order in which they get their next one.
struct TurnQueue {
    private var channels: [Channel] = []
    private var start = 0

    var isEmpty: Bool { start == channels.count }

    mutating func append(_ channel: Channel) { channels.append(channel) }

    mutating func popFirst() -> Channel? {
        guard start < channels.count else { return nil }
        let channel = channels[start]
        start += 1
        // So that no channel is moved more often than it is taken.
        if 2 * start >= channels.count {
            channels.removeSubrange(..<start)
            start = 0
        }
        return channel
    }
}

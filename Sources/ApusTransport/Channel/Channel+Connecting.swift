package import ApusCrypto

extension Channel {
    /// Connects to `address` from `loop`, on which this must be called.
    ///
    /// - Parameter nanoseconds: how long the connection may take to come about.
    /// - Throws: `ChannelFailure` when nobody listens there, or the time is over.
    package static func connecting(
        to address: SocketAddress, from loop: EventLoop, tls: TLSSession?, within nanoseconds: UInt64
    ) async throws -> Channel {
        let channel: Channel
        do throws(SystemError) {
            let descriptor = try loop.kernel.connect(to: address)
            channel = Channel(adopting: descriptor, peer: address, loop: loop, tls: tls)
            try channel.activate()
        } catch {
            throw ChannelFailure.system(error)
        }
        channel.setDeadline(in: nanoseconds)
        do {
            try await channel.waitUntilConnected()
        } catch {
            channel.close()
            throw error
        }
        channel.clearDeadline()
        return channel
    }

    private func waitUntilConnected() async throws {
        while !isWritable {
            if isClosed || hasExpired { throw ChannelFailure.hungUp }
            await withUnsafeContinuation { park(writer: $0, unless: isWritable || isClosed || hasExpired) }
        }
        if let error = kernel.pendingError(descriptor) { throw ChannelFailure.system(error) }
    }
}

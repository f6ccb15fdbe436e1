extension Limits {
    /// - Throws: `StartError` for a limit with which nothing could be served.
    func check() throws(StartError) {
        let counts = [
            ("connections", connections), ("connectionsPerAddress", connectionsPerAddress),
            ("requestsPerConnection", requestsPerConnection), ("pipelinedRequests", pipelinedRequests),
            ("unsentOctets", unsentOctets),
        ]
        for (name, count) in counts where count < 1 {
            throw StartError("Expected 1 or more for Limits.\(name), found \(count).")
        }
        let amounts = [
            ("content", content), ("discardedOctets", discardedOctets), ("minimumContentRate", minimumContentRate),
        ]
        for (name, amount) in amounts where amount < 0 {
            throw StartError("Expected 0 or more for Limits.\(name), found \(amount).")
        }
        let durations = [
            ("handshakeDeadline", handshakeDeadline), ("headDeadline", headDeadline), ("idleDeadline", idleDeadline),
            ("contentPause", contentPause), ("writeStall", writeStall),
        ]
        for (name, duration) in durations where duration <= .zero {
            throw StartError("Expected more than no time for Limits.\(name), found \(duration).")
        }
        if let handlerDeadline, handlerDeadline <= .zero {
            throw StartError(
                "Expected more than no time, or nil, for Limits.handlerDeadline, found \(handlerDeadline).")
        }
        for (name, duration) in [
            ("contentRateGrace", contentRateGrace), ("shutdownGrace", shutdownGrace), ("shutdownDelay", shutdownDelay),
        ]
        where duration < .zero {
            throw StartError("Expected no time or more for Limits.\(name), found \(duration).")
        }
    }
}

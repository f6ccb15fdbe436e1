import Glibc

/// The event loops of one server: a thread each.
package final class EventLoopGroup: Sendable {
    package let loops: [EventLoop]

    /// - Parameter count: how many loops; by default one per core that this process may use.
    package init(
        count: Int = EventLoopGroup.coreCount, on kernel: Kernel = .linux
    ) throws(SystemError) {
        var made: [EventLoop] = []
        for index in 0..<max(1, count) { made.append(try EventLoop(index: index, on: kernel)) }
        loops = made
        for loop in made { try loop.start() }
    }

    /// Stops every loop and waits for their threads; see `EventLoop.stop()`.
    package func stop() {
        for loop in loops { loop.stop() }
    }

    /// How many cores this process may use, from its CPU affinity.
    package static var coreCount: Int {
        max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }
}

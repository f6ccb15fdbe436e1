import ApusTransport

/// What has a descriptor in a simulated system.
class Pollable {
    /// Where its events go, once it is registered.
    private var epoll: SimulatedEpoll?
    private var token: UInt64 = 0
    fileprivate var isPending = false

    /// What could be done now without waiting.
    var readiness: Poller.Readiness { .nothing }

    func register(with epoll: SimulatedEpoll, token: UInt64) {
        self.epoll = epoll
        self.token = token
        happened()
    }

    /// Something has come about that edge-triggered polling reports, if there is anything to report.
    func happened() {
        guard let epoll, !readiness.isNothing else { return }
        epoll.add(self)
    }

    func deregister() {
        epoll?.remove(self)
        epoll = nil
    }

    fileprivate var event: (token: UInt64, readiness: Poller.Readiness) { (token, readiness) }
}

/// Which descriptors have something to report to one loop.
final class SimulatedEpoll: Pollable {
    private var pending: [Pollable] = []
    /// Called when there is something to report that there was not before.
    var wake: () -> Void = {}

    var isEmpty: Bool { pending.isEmpty }

    fileprivate func add(_ pollable: Pollable) {
        guard !pollable.isPending else { return }
        pollable.isPending = true
        pending.append(pollable)
        wake()
    }

    fileprivate func remove(_ pollable: Pollable) {
        guard pollable.isPending else { return }
        pollable.isPending = false
        pending.removeAll { $0 === pollable }
    }

    /// Takes some of what is pending, in any order: a system promises none, nor that all comes at once.
    func take(atMost limit: Int, by chance: inout Chance) -> [(token: UInt64, readiness: Poller.Readiness)] {
        guard !pending.isEmpty else { return [] }
        let all = min(limit, pending.count)
        let count = chance.happens(0.8) ? all : chance.number(in: 1...all)
        var events: [(token: UInt64, readiness: Poller.Readiness)] = []
        for _ in 0..<count {
            let pollable = pending.remove(at: chance.below(pending.count))
            pollable.isPending = false
            if !pollable.readiness.isNothing { events.append(pollable.event) }
        }
        return events
    }
}

/// An event descriptor: something that a thread is woken with.
final class SimulatedEvent: Pollable {
    private var isSignalled = false

    override var readiness: Poller.Readiness { isSignalled ? .readable : .nothing }

    func signal() {
        isSignalled = true
        happened()
    }

    func drain() { isSignalled = false }
}

/// A timer descriptor.
final class SimulatedTimer: Pollable {
    private var isOver = false
    /// Tells the time that was set last from earlier ones that have yet to come.
    private(set) var setting = 0

    override var readiness: Poller.Readiness { isOver ? .readable : .nothing }

    func set() {
        setting += 1
        isOver = false
    }

    func timeCame(of setting: Int) {
        guard setting == self.setting else { return }
        isOver = true
        happened()
    }

    func drain() { isOver = false }
}

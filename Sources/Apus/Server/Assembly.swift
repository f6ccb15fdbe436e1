import ApusCrypto
import ApusTransport

/// A server's parts, put together and checked: whatever is wrong with the configuration is found here, before anything is served.
struct Assembly {
    let loops: EventLoopGroup
    private let server: Server
    private let sites: [Site]
    private let responder: Responder
    private let running: RunningServer
    private let workers: [Worker]
    private let service: ConnectionService

    /// One listener, and what is needed to serve what it accepts.
    private struct Site {
        let listener: Listener
        let certificates: EndpointCertificates?
        let endpoint: BoundEndpoint
    }

    private let watchdog: LoopWatchdog?

    /// - Parameters:
    ///   - holdThreshold: in nanoseconds; nil when nobody watches the loops.
    ///   - kernel: what the server is to run on.
    /// - Throws: `StartError`, which names what is wrong.
    init(of server: Server, holdThreshold: UInt64?, on kernel: Kernel) throws {
        self.server = server
        try server.limits.check()
        responder = try server.makeResponder(on: kernel)
        guard !server.endpoints.isEmpty else {
            throw StartError("The server '\(server.name)' has no endpoint; give it one, such as Endpoint(port: 8080).")
        }
        try Self.checkDescriptors(server, kernel)
        sites = try server.endpoints.map { try Self.site($0, logger: server.logger, kernel) }
        do throws(SystemError) {
            loops = try EventLoopGroup(count: server.eventLoops ?? EventLoopGroup.coreCount, on: kernel)
        } catch {
            throw StartError("Cannot start the event loops: \(error)")
        }
        running = RunningServer(
            endpoints: sites.map(\.endpoint), router: responder.router,
            certificates: sites.compactMap(\.certificates).filter(\.hasFiles), keyStores: server.watchedKeyStores,
            clock: loops.loops[0])
        let roster = holdThreshold.map { _ in HandlerRoster() }
        let service = ConnectionService(
            responder: responder, limits: server.limits, logger: server.logger, running: running, roster: roster)
        self.service = service
        workers = loops.loops.map { Worker(loop: $0, service: service) }
        do throws(SystemError) {
            guard let roster, let holdThreshold else {
                watchdog = nil
                return
            }
            watchdog = try LoopWatchdog(
                over: loops.loops, roster, threshold: holdThreshold, logger: server.logger)
            try watchdog?.start()
        } catch {
            loops.stop()
            throw StartError("Cannot watch the event loops: \(error)")
        }
    }

    /// Ends the threads, once the last connection has left them.
    func stop() {
        watchdog?.stop()
        loops.stop()
    }

    /// Each loop takes four descriptors, each endpoint one; the rest is for connections and the service's own files.
    private static func checkDescriptors(_ server: Server, _ kernel: Kernel) throws {
        let needed = 4 * (server.eventLoops ?? EventLoopGroup.coreCount) + server.endpoints.count + 64
        let limit = kernel.raiseDescriptorLimit()
        guard limit >= needed else {
            throw StartError(
                "This process may have \(limit) files open, and needs at least \(needed). Raise the limit with ulimit -n or LimitNOFILE."
            )
        }
    }

    private static func site(_ endpoint: Endpoint, logger: Logger, _ kernel: Kernel) throws -> Site {
        do {
            let certificates = try endpoint.tls.map {
                try EndpointCertificates(of: $0, clientCertificates: endpoint.clientCertificates, logger: logger)
            }
            let listener = try listener(of: endpoint, on: kernel)
            let bound = BoundEndpoint(address: listener.address, identity: certificates?.first)
            return Site(listener: listener, certificates: certificates, endpoint: bound)
        } catch {
            throw StartError(String(describing: error))
        }
    }

    private static func listener(of endpoint: Endpoint, on kernel: Kernel) throws -> Listener {
        switch endpoint.place {
        case .inherited(let choice): return try Listener(inheriting: choice)
        case .unix(let path): return try Listener(binding: .unix(path: path), on: kernel)
        case .network(let host, let port):
            guard let address = SocketAddress(host: host, port: port) else {
                throw StartError(
                    "Expected a numeric IPv4 or IPv6 address or 'localhost', and a port from 0 to 65535; found '\(host)', \(port)."
                )
            }
            return try Listener(binding: address, sharingPort: endpoint.sharesPort, on: kernel)
        }
    }

    /// Serves until a signal comes or `body` returns, whichever is asked for, and then until the last request is done.
    ///
    /// Every task of the server is a child of this call.
    func serve<Result: Sendable>(
        untilSignal: Bool, _ body: @escaping @Sendable (RunningServer) async throws -> Result
    ) async throws -> Result {
        try await loops.hosted { try await serveOnLoops(untilSignal: untilSignal, body) }
    }

    private func serveOnLoops<Result: Sendable>(
        untilSignal: Bool, _ body: @escaping @Sendable (RunningServer) async throws -> Result
    ) async throws -> Result {
        let manager = ServiceManager.current
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            let acceptors = sites.enumerated().map { index, site in
                Acceptor(
                    site.listener, certificates: site.certificates, on: loops.loops[index % loops.loops.count],
                    workers: workers, service: service)
            }
            for worker in workers {
                tasks.addTask(executorPreference: worker.loop) { await worker.run() }
            }
            for acceptor in acceptors {
                tasks.addTask(executorPreference: acceptor.loop) { try await acceptor.run() }
            }
            server.logger.log(
                .notice, "Listening", ["endpoints": .string(running.endpoints.map(\.url).joined(separator: " "))])
            if server.logger.isEnabled(.debug) {
                for route in await running.router.summary { server.logger.log(.debug, route.description) }
            }
            // Signals are taken over before anyone is told that the server is ready, and until the last request is done.
            let signals = untilSignal ? try SignalWatch(on: loops.loops[0], of: running, manager: manager) : nil
            defer { withExtendedLifetime(signals) {} }
            var work = server.backgroundWork + running.watches
            if let signals {
                work.append(BackgroundWork(name: "waiting for signals") { _ in try await signals.run() })
                work += manager.watchdog(over: loops.loops)
                manager.ready()
            }
            let outcome = try await BackgroundWork.run(
                work, of: running, logger: server.logger, untilAsked: untilSignal
            ) {
                try await body(running)
            } finish: { grace in
                running.shutdown()
                if untilSignal { manager.stopping() }
                // Only the end of the task itself cuts the delay short.
                if server.limits.shutdownDelay > .zero {
                    try? await loops.loops[0].sleep(nanoseconds: server.limits.shutdownDelay.nanoseconds)
                }
                await withDiscardingTaskGroup { closing in
                    for acceptor in acceptors { closing.addTask { await acceptor.close() } }
                }
                for worker in workers { await worker.shutDown(grace: grace ?? server.limits.shutdownGrace) }
                try await tasks.waitForAll()
            }
            server.logger.log(.notice, "Stopped")
            return try outcome.get()
        }
    }
}

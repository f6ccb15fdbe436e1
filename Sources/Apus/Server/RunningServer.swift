import ApusCrypto
import ApusJOSE
import ApusTransport

/// A server that listens.
public struct RunningServer: Sendable {
    /// One reference: every connection keeps it.
    private final class Parts: Sendable {
        let endpoints: [BoundEndpoint]
        let router: Router
        let certificates: [EndpointCertificates]
        let keyStores: [KeyStore]
        let clock: EventLoop
        let lifecycle = Lifecycle()

        init(
            endpoints: [BoundEndpoint], router: Router, certificates: [EndpointCertificates], keyStores: [KeyStore],
            clock: EventLoop
        ) {
            self.endpoints = endpoints
            self.router = router
            self.certificates = certificates
            self.keyStores = keyStores
            self.clock = clock
        }
    }

    private let parts: Parts

    /// - Parameters:
    ///   - certificates: those that come from files.
    ///   - keyStores: those with a directory.
    ///   - clock: the loop by whose time the server's own work sleeps.
    init(
        endpoints: [BoundEndpoint], router: Router, certificates: [EndpointCertificates], keyStores: [KeyStore],
        clock: EventLoop
    ) {
        parts = Parts(
            endpoints: endpoints, router: router, certificates: certificates, keyStores: keyStores, clock: clock)
    }

    /// Where it listens, in the order of the configuration.
    public var endpoints: [BoundEndpoint] { parts.endpoints }

    /// The actor that owns the routes: add and remove them while the server runs.
    public var router: Router { parts.router }

    /// Whether it wants requests: what a `ReadinessRoute` tells.
    public var readiness: Readiness { lifecycle.readiness }

    var lifecycle: Lifecycle { parts.lifecycle }

    /// Ends the server as SIGTERM does, and returns at once, so that a handler may call it.
    ///
    /// The readiness turns, then, after `Limits.shutdownDelay`, no more connections are taken, idle ones are closed, and requests under
    /// way go on until `grace` has passed, which cancels them. `Server.run` returns when all is done; the body of `Server.withRunning`
    /// is cancelled then. Only the first call counts.
    /// - Parameter grace: `Limits.shutdownGrace` unless given.
    public func shutdown(grace: Duration? = nil) { lifecycle.ask(grace: grace) }

    /// Reads certificates from their files anew, and the key stores that the routes name from their directories.
    ///
    /// That is what SIGHUP has a server do that is run until a signal comes. Changes are found without it after a few seconds. New
    /// connections get the new certificates, and those under way go on. What cannot be read or served is logged, and what was
    /// before stays in use. Returns when it is done.
    public func reload() async {
        await withTaskExecutorPreference(globalConcurrentExecutor) {
            for endpoint in parts.certificates { await endpoint.look(evenUnchanged: true) }
            // A store reports its failures itself.
            for store in parts.keyStores { try? await store.reload() }
        }
    }

    var hasSomethingToReload: Bool { !parts.certificates.isEmpty || !parts.keyStores.isEmpty }

    /// What looks for changes of the certificates' files, and of the directories of the key stores that the routes name.
    ///
    /// Without it a revocation of another process would not be known here, nor a key that has to be published; to leave that to the author
    /// of a service would be to wait until somebody forgets it. A store that watches itself as well costs a look at the directory.
    var watches: [BackgroundWork] {
        parts.keyStores.map { store in
            BackgroundWork(name: "looking for changes of keys") { running in
                try await store.watch { try await running.sleep(for: $0) }
            }
        }
            + parts.certificates.map { endpoint in
                BackgroundWork(name: "looking for new certificates") { running in
                    try await endpoint.watch { try await running.sleep(for: $0) }
                }
            }
    }

    /// Suspends the task by the clock of the event loops, which needs no timer of another library.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    private func sleep(for duration: Duration) async throws {
        try await parts.clock.sleep(nanoseconds: duration.nanoseconds)
    }
}

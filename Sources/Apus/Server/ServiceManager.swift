import ApusTransport

/// Tells the manager that has started the process, such as systemd, how far the server is (sd_notify(3)).
struct ServiceManager: Sendable {
    private let socket: NotifySocket?
    /// How often the manager wants a sign of life; nil when it does not ask for any.
    private let watchdogInterval: Duration?

    /// The manager of this process, if there is one.
    static let current = ServiceManager(LaunchOptions.current.environment)

    /// - Parameter environment: gives variables their values.
    init(_ environment: (String) -> String?) {
        socket = environment("NOTIFY_SOCKET").flatMap(NotifySocket.init)
        let isMeant = environment("WATCHDOG_PID").map { Int($0) == NotifySocket.processNumber } ?? true
        let microseconds = environment("WATCHDOG_USEC").flatMap { Int64($0) } ?? 0
        watchdogInterval = isMeant && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    func ready() { socket?.send("READY=1") }

    func stopping() { socket?.send("STOPPING=1") }

    /// To be followed by `ready()`.
    func reloading() { socket?.send("RELOADING=1\nMONOTONIC_USEC=\(NotifySocket.monotonicMicroseconds)") }

    /// Gives signs of life for as long as every loop does its work, twice in each interval; none when nobody asks for them.
    func watchdog(over loops: [EventLoop]) -> [BackgroundWork] {
        guard let socket, let watchdogInterval else { return [] }
        let pulses = loops.map(Pulse.init)
        let work = BackgroundWork(name: "signs of life") { _ in
            while true {
                for pulse in pulses { await pulse.beat() }
                socket.send("WATCHDOG=1")
                try await loops[0].sleep(nanoseconds: (watchdogInterval / 2).nanoseconds)
            }
        }
        return [work]
    }

    /// Answers when its loop does.
    private actor Pulse {
        private nonisolated let loop: EventLoop

        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(_ loop: EventLoop) { self.loop = loop }

        func beat() {}
    }
}

import ApusCrypto
import ApusTesting
import Foundation
import Glibc
import Synchronization
import Testing

@testable import Apus

/// New certificates are served without a new start, and bad ones never.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct CertificateReloadTests {
    private let log = CollectedLog()
    private let files: CertificateFiles

    init() throws {
        files = try CertificateFiles()
        try files.install(files.issue("first"))
    }

    private func certificates(
        _ tls: Endpoint.TLS? = nil, clock: @escaping @Sendable () -> Date = { Date.now }
    ) throws -> EndpointCertificates {
        try EndpointCertificates(
            of: tls ?? .byName([files.source()]), clientCertificates: nil,
            logger: Logger(label: "test", destination: log),
            clock: clock)
    }

    private func served(_ certificates: EndpointCertificates, for name: String = "localhost") throws -> String {
        try certificates.published.current.subject(for: name, trusting: files.authorityPEM)
    }

    private func causes() -> [String] {
        log.records.filter { $0.level == .error }.map { "\($0.fields["cause"] ?? "")" }
    }

    @Test func `a new certificate is for new connections, and old connections go on`() async throws {
        var server = Server.logging { Get("/") { _ in "Hello" } }
        server.endpoints = [Endpoint(port: 0, tls: .byName([files.source()]))]
        try await RunningInstance.run(server) { instance in
            try await instance.running.test { client in
                try await client.connect { old in
                    try files.install(files.issue("second"))
                    await instance.running.reload()
                    let subject = try await client.connect { new in await new.peerCertificates[0].subject }
                    #expect(subject == "CN=second")
                    try await old.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try await old.receiveResponse()
                    #expect(response.text == "Hello")
                    let before = await old.peerCertificates[0].subject
                    #expect(before == "CN=first")
                }
            }
        }
    }

    @Test func `a change is found by looking, and unchanged files are not read`() async throws {
        let certificates = try certificates()
        let before = certificates.published.current
        await certificates.look()
        #expect(certificates.published.current === before && log.records.isEmpty)
        try files.install(files.issue("second"))
        await certificates.look()
        #expect(try served(certificates) == "CN=second")
        #expect(log.records.map(\.message) == ["New certificates are served"])
    }

    @Test func `the watch looks after each pause, until it is cancelled`() async throws {
        let certificates = try certificates()
        try files.install(files.issue("second"))
        let (pauses, pause) = AsyncStream.makeStream(of: Duration.self)
        await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                try await certificates.watch { duration in
                    pause.yield(duration)
                    await Task.yield()
                    try Task.checkCancellation()
                }
            }
            // The second pause begins when the first look has ended.
            var count = 0
            for await duration in pauses {
                #expect(duration == .seconds(2))
                count += 1
                if count == 2 { break }
            }
            tasks.cancelAll()
            await #expect(throws: CancellationError.self) { try await tasks.next() }
        }
        #expect(try served(certificates) == "CN=second")
    }

    @Test func `between the renames of the two files nothing is wrong, and what stays wrong is said once`() async throws
    {
        let certificates = try certificates()
        let second = try files.issue("second")
        try files.installChain(of: second)
        await certificates.look()
        #expect(causes().isEmpty)
        await certificates.look()
        await certificates.look()
        #expect(causes().count == 1 && causes()[0].contains(files.path("key.pem")))
        #expect(causes()[0].contains("does not belong to"))
        #expect(try served(certificates) == "CN=first")
        try files.installKey(of: second)
        await certificates.look()
        #expect(try served(certificates) == "CN=second" && causes().count == 1)
    }

    @Test(arguments: ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
    func `a file without a certificate changes nothing, however often it is read`(text: String) async throws {
        let certificates = try certificates()
        try files.install(text, as: "chain.pem")
        for _ in 0..<2 { await certificates.look(evenUnchanged: true) }
        #expect(causes().count == 2 && causes().allSatisfy { $0.contains(files.path("chain.pem")) })
        #expect(try served(certificates) == "CN=first")
    }

    @Test func `a file that has gone changes nothing`() async throws {
        let certificates = try certificates()
        try FileManager.default.removeItem(atPath: files.path("chain.pem"))
        for _ in 0..<3 { await certificates.look() }
        #expect(causes().count == 1 && causes()[0].contains(files.path("chain.pem")))
        #expect(try served(certificates) == "CN=first")
    }

    @Test func `a certificate that has expired is not taken`() async throws {
        let certificates = try certificates()
        try files.install(files.issue("second", from: Date(timeIntervalSince1970: 0), validFor: .seconds(60)))
        for _ in 0..<2 { await certificates.look() }
        #expect(causes().count == 1 && causes()[0].contains("expired") && causes()[0].contains(files.path("chain.pem")))
        #expect(try served(certificates) == "CN=first")
    }

    @Test func `a certificate that expires while it is served is said once, and replaced when there is another`()
        async throws
    {
        let now = Clock()
        let certificates = try certificates(clock: { now.date })
        now.date += 2 * 86_400
        for _ in 0..<3 { await certificates.look() }
        #expect(causes().count == 1 && causes()[0].contains("expired") && causes()[0].contains(files.path("chain.pem")))
        try files.install(files.issue("second", validFor: .seconds(10 * 86_400)))
        await certificates.look()
        #expect(try served(certificates) == "CN=second" && causes().count == 1)
    }

    @Test func `a link that is turned to another directory, as Kubernetes does, is a change`() async throws {
        for name in ["first", "second"] {
            try FileManager.default.createDirectory(atPath: files.path(name), withIntermediateDirectories: true)
            try files.install(files.issue(name), as: name + "/")
        }
        symlink("first", files.path("data"))
        let certificates = try certificates(.byName([files.source("data/")]))
        #expect(try served(certificates) == "CN=first")
        symlink("second", files.path("new"))
        rename(files.path("new"), files.path("data"))
        await certificates.look()
        #expect(try served(certificates) == "CN=second")
    }

    @Test func `one of several that is broken does not hold back the others`() async throws {
        try files.install(files.issue("other", names: [.dns("other.example")]), as: "other-")
        let certificates = try certificates(.byName([files.source(), files.source("other-")]))
        try files.install("", as: "chain.pem")
        try files.install(files.issue("new", names: [.dns("other.example")]), as: "other-")
        for _ in 0..<2 { await certificates.look() }
        #expect(try served(certificates, for: "other.example") == "CN=new")
        #expect(try served(certificates) == "CN=first")
        #expect(causes().count == 1)
    }

    @Test func `one that no client would get any more is not taken`() async throws {
        try files.install(files.issue("other", names: [.dns("other.example")]), as: "other-")
        let certificates = try certificates(.byName([files.source(), files.source("other-")]))
        try files.install(files.issue("new"), as: "other-")
        for _ in 0..<3 { await certificates.look() }
        #expect(try served(certificates, for: "other.example") == "CN=other")
        #expect(causes().count == 1 && causes()[0].contains("for the same names"))
    }

    @Test func `an endpoint without a certificate does not start`() async {
        await #expect(throws: StartError.self) {
            var server = Server.logging { Get("/") { _ in "" } }
            server.endpoints = [Endpoint(port: 0, tls: .byName([]))]
            try await server.withRunning { _ in }
        }
    }

    @Test func `SIGHUP has certificates read, and the server goes on`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let files = try CertificateFiles()
            try files.install(files.issue("first"))
            let (messages, message) = AsyncStream.makeStream(of: String.self)
            var server = Server("Signals") { Get("/") { _ in "" } }
            server.endpoints = [Endpoint(port: 0, tls: .byName([files.source()]))]
            server.logger = Logger(label: "test", destination: StreamedLog(message))
            let asking = server.background("asking") { running in
                _ = kill(getpid(), SIGHUP)
                for await text in messages where text == "New certificates are served" { break }
                running.shutdown()
            }
            try await asking.run()
            exit(7)
        }
    }

    @Test func `SIGHUP ends a server that has nothing to reload`() async {
        await #expect(processExitsWith: .signal(SIGHUP)) {
            var server = Server("Signals") { Get("/") { _ in "" } }
            server.endpoints = [Endpoint(port: 0)]
            server.logger.level = .critical
            try await server.run { _ in _ = kill(getpid(), SIGHUP) }
        }
    }
}

/// A clock that a test sets.
private final class Clock: Sendable {
    private let time = Mutex(Date.now)

    var date: Date {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}

/// Passes messages on.
private struct StreamedLog: LogDestination {
    private let messages: AsyncStream<String>.Continuation

    init(_ messages: AsyncStream<String>.Continuation) { self.messages = messages }

    func write(_ record: LogRecord) { messages.yield(record.message) }
}

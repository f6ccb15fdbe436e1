import ApusCrypto
import ApusTesting
import Foundation
import OCSPPeers
import Testing

@testable import Apus

/// OCSP responses come from files as certificates do: new ones without a new start, and bad ones never.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct StaplingTests {
    private let log = CollectedLog()
    private let files: CertificateFiles
    private let first: CertificateIdentity
    private let now = Shared(Date.now)

    init() throws {
        files = try CertificateFiles()
        first = try files.issue("first", validFor: .seconds(30 * 86_400))
        try files.install(first)
    }

    private var staplingSource: Endpoint.TLS.Source {
        .files(
            certificateChain: files.path("chain.pem"), privateKey: files.path("key.pem"),
            ocspResponse: files.path("response.der"))
    }

    private func certificates(_ source: Endpoint.TLS.Source? = nil) throws -> EndpointCertificates {
        try EndpointCertificates(
            of: .byName([source ?? staplingSource]), clientCertificates: nil,
            logger: Logger(label: "test", destination: log), clock: { [now] in now.value })
    }

    /// What a client gets who asks; the protocol's versions are covered where the handshake is tested.
    private func stapled(_ certificates: EndpointCertificates) throws -> [UInt8]? {
        let client = try #require(StaplingClient(version: 0x0304))
        try client.connect(to: TLSSession(certificates.published.current))
        #expect(client.hasConnected)
        return client.stapled
    }

    private func records(_ level: Logger.Level) -> [String] {
        log.records.filter { $0.level == level }.map { "\($0.message): \($0.fields["cause"] ?? "")" }
    }

    @Test func `a new response is served after a look, and unchanged files are not read`() async throws {
        let old = try files.installResponse(for: first)
        let certificates = try certificates()
        #expect(try stapled(certificates) == old)
        let before = certificates.published.current
        await certificates.look()
        #expect(certificates.published.current === before && log.records.isEmpty)
        let new = try files.installResponse(for: first, until: now.value + 7_200)
        await certificates.look()
        #expect(try stapled(certificates) == new && new != old)
        #expect(records(.warning).isEmpty && records(.error).isEmpty)
    }

    @Test func `a certificate, its key and its response that are renamed one after the other count together`()
        async throws
    {
        try files.installResponse(for: first)
        let certificates = try certificates()
        let second = try files.issue("second")
        // Before each look something has changed, so that nothing is certain.
        try files.installChain(of: second)
        await certificates.look()
        try files.installKey(of: second)
        await certificates.look()
        #expect(try certificates.published.current.subject(trusting: files.authorityPEM) == "CN=first")
        let response = try files.installResponse(for: second)
        await certificates.look()
        #expect(try certificates.published.current.subject(trusting: files.authorityPEM) == "CN=second")
        #expect(try stapled(certificates) == response)
        #expect(records(.error).isEmpty && records(.warning).isEmpty)
    }

    @Test func `a bad response changes nothing and is said once`() async throws {
        let old = try files.installResponse(for: first)
        let certificates = try certificates()
        try files.install("not a response", as: "response.der")
        for _ in 0..<3 { await certificates.look() }
        #expect(try stapled(certificates) == old)
        #expect(records(.error).count == 1 && records(.error)[0].contains(files.path("response.der")))
        try FileManager.default.removeItem(atPath: files.path("response.der"))
        await certificates.look(evenUnchanged: true)
        #expect(try stapled(certificates) == old)
        #expect(records(.error).count == 2 && records(.error)[1].contains("No such file"))
    }

    @Test func `a response that lapses is said once, until there is another`() async throws {
        let end = Date(timeIntervalSince1970: now.value.timeIntervalSince1970.rounded(.down) + 3_600)
        try files.installResponse(for: first, until: end)
        let certificates = try certificates()
        now.change { $0 = end }
        await certificates.look()
        #expect(log.records.isEmpty)
        now.change { $0 = end + 1 }
        for _ in 0..<3 { await certificates.look() }
        #expect(records(.warning).count == 1 && records(.warning)[0].contains(files.path("response.der")))
        let new = try files.installResponse(for: first, until: end + 7_200)
        await certificates.look()
        #expect(try stapled(certificates) == new)
        #expect(records(.warning).count == 1 && records(.error).isEmpty)
    }

    @Test func `a response that has lapsed at start is not stapled and is said once`() async throws {
        try files.installResponse(for: first, until: now.value - 60)
        let certificates = try certificates()
        #expect(records(.warning).count == 1 && records(.warning)[0].contains(files.path("response.der")))
        for _ in 0..<2 { await certificates.look() }
        #expect(try stapled(certificates) == nil)
        #expect(log.records.count == 1)
    }

    @Test func `a certificate that demands stapling and has no response is said at start`() async throws {
        try files.install(files.demandingStapling(first), as: "chain.pem")
        let bare = try certificates(files.source())
        #expect(records(.warning).count == 1)
        for _ in 0..<2 { await bare.look() }
        #expect(records(.warning).count == 1 && records(.warning)[0].contains(files.path("chain.pem")))
        try files.installResponse(for: first)
        _ = try certificates()
        #expect(records(.warning).count == 1)
    }

    @Test func `a server does not start with a response that is not for its certificate`() async throws {
        try files.installResponse(for: files.issue("other"))
        let error = await #expect(throws: StartError.self) {
            var server = Server.logging { Get("/") { _ in "" } }
            server.endpoints = [Endpoint(port: 0, tls: .byName([staplingSource]))]
            try await server.withRunning { _ in }
        }
        let text = try #require(error?.description)
        #expect(text.contains(files.path("response.der")) && text.contains(first.certificate.serialNumber))
    }

    @Test func `new connections get the new response, and old ones go on`() async throws {
        try files.installResponse(for: first, until: Date(timeIntervalSince1970: 4_070_908_800))
        var server = Server.logging { Get("/") { _ in "Hello" } }
        server.endpoints = [Endpoint(port: 0, tls: .byName([staplingSource]))]
        try await RunningInstance.run(server) { instance in
            let port = try #require(instance.running.endpoints[0].port)
            try await instance.running.test { client in
                try await client.connect { old in
                    let before = try await StatusCommand.run(port: port, "-tls1_2")
                    #expect(before.contains("OCSP Response Status: successful"))
                    #expect(before.contains("Next Update: Jan  1 00:00:00 2099 GMT"))
                    try files.installResponse(for: first, until: Date(timeIntervalSince1970: 4_073_587_200))
                    await instance.running.reload()
                    for version in ["-tls1_2", "-tls1_3"] {
                        let after = try await StatusCommand.run(port: port, version)
                        #expect(after.contains("Next Update: Feb  1 00:00:00 2099 GMT"))
                    }
                    try await old.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try await old.receiveResponse()
                    #expect(response.text == "Hello")
                }
            }
        }
    }
}

/// `openssl s_client -status`, which prints what is stapled.
private enum StatusCommand {
    static func run(port: Int, _ version: String) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl", "s_client", "-connect", "127.0.0.1:\(port)", "-status", version]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }
}

import Glibc
import Testing

@testable import ApusTransport

/// Sockets that a service manager passes on (sd_listen_fds(3)).
@Suite struct InheritedSocketsTests {
    private static let process = "\(getpid())"

    @Test func `are taken by name or by place, each once`() throws {
        let sockets = InheritedSockets(process: Self.process, count: "3", names: "web:web:admin", first: 500)
        #expect(try sockets.take(.name("web")) == 500)
        #expect(try sockets.take(.name("web")) == 501)
        #expect(throws: ListenerError.self) { try sockets.take(.name("web")) }
        #expect(try sockets.take(.index(2)) == 502)
        #expect(throws: ListenerError.self) { try sockets.take(.name("admin")) }
        for index in [-1, 0, 3, Int.max] { #expect(throws: ListenerError.self) { try sockets.take(.index(index)) } }
    }

    @Test func `without names they are called unknown`() throws {
        let sockets = InheritedSockets(process: Self.process, count: "2", names: nil, first: 500)
        #expect(try sockets.take(.name("unknown")) == 500)
        #expect(try sockets.take(.index(1)) == 501)
    }

    private static let useless: [(String?, String?)] = [
        ("1", "1"), (nil, "1"), (process, nil), (process, "0"), (process, "-1"), (process, "x"),
    ]

    @Test(arguments: useless)
    func `there are none for another process, or without a count`(process: String?, count: String?) throws {
        let sockets = InheritedSockets(process: process, count: count, names: "web", first: 500)
        let error = #expect(throws: ListenerError.self) { try sockets.take(.name("web")) }
        #expect("\(try #require(error))".contains("no socket for this process"))
    }

    @Test func `what does not listen is refused, and the error says what it is`() throws {
        var pipes: [Int32] = [0, 0]
        try #require(pipe(&pipes) == 0)
        defer { for descriptor in pipes { close(descriptor) } }
        let found = [
            (pipes[0], "no socket"), (socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0), "no stream socket"),
            (socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0), "does not listen"), (100_000, "not open"),
        ]
        defer { for (descriptor, _) in found[1...2] { close(descriptor) } }
        for (descriptor, words) in found {
            let sockets = InheritedSockets(process: Self.process, count: "1", names: "web", first: descriptor)
            let error = #expect(throws: ListenerError.self) { try Listener(inheriting: .name("web"), from: sockets) }
            #expect("\(try #require(error))".contains(words))
        }
    }

    @Test func `a socket that listens is taken as it is, and what waits in its queue is left there`() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(listen(descriptor, 5) == 0)
        let address = try Syscall.localAddress(descriptor)
        let sockets = InheritedSockets(process: Self.process, count: "1", names: "web", first: dup(descriptor))
        let inherited = try Listener(inheriting: .name("web"), from: sockets)
        #expect(inherited.address == address)
        let client = try Syscall.socket(AF_INET)
        try Syscall.connect(client, to: .ipv4(host: "127.0.0.1", port: try #require(address.port)))
        #expect(inherited.acceptWaiting() == nil)
        inherited.close()
        let accepted = accept(descriptor, nil, nil)
        #expect(accepted >= 0)
        for descriptor in [accepted, client, descriptor] { close(descriptor) }
    }

    @Test func `a port can be shared by those who say so`() throws {
        let first = try Listener(binding: .ipv4(host: "127.0.0.1", port: 0), sharingPort: true)
        let second = try Listener(binding: first.address, sharingPort: true)
        #expect(second.address == first.address)
        #expect(throws: ListenerError.self) { try Listener(binding: first.address) }
    }
}

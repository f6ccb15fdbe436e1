import ApusTesting
import ApusTransport
import Glibc
import Testing

@testable import Apus

/// A host with several addresses of which one never answers, as with half a network down.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct SeveralAddressesTests {
    /// Listens and accepts nothing: its queue is full, so that the system drops whatever else comes.
    private final class SilentListener {
        private var descriptors: [Int32] = []
        let port: Int

        init() throws {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            descriptors.append(listener)
            let isListening = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    bind(listener, pointer, length) == 0 && listen(listener, 0) == 0
                        && getsockname(listener, pointer, &length) == 0
                }
            }
            try #require(isListening)
            port = Int(UInt16(bigEndian: address.sin_port))
            for _ in 0..<4 {
                let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
                descriptors.append(client)
                _ = withUnsafePointer(to: &address) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(client, $0, length) }
                }
            }
        }

        deinit { for descriptor in descriptors { close(descriptor) } }
    }

    private static let server = Server.logging { Get("/keys") { _ in "{}" } }

    @Test(arguments: [1, 2]) func `one that does not answer leaves the others their share of the time`(
        silent count: Int
    ) async throws {
        let silent = try SilentListener()
        try await Self.server.test(over: .socket) { client in
            let endpoint = try #require(client.server?.endpoints[0])
            let port = try #require(endpoint.port)
            var fetcher = HTTPSFetcher(allowInsecureHTTP: true)
            let places = [Int](repeating: silent.port, count: count) + [port]
            let addresses = try places.map { try #require(SocketAddress(host: "127.0.0.1", port: $0)) }
            fetcher.lookUp = { _, _ in addresses }
            let request = KeySetRequest(url: "http://localhost:\(port)/keys", timeLimit: .seconds(9))
            let answer = try await fetcher.fetch(request)
            #expect(answer.status == 200)
        }
    }
}

/// What carries the requests of a test to the server.
public struct TestTransport: Sendable, Hashable, CustomStringConvertible {
    enum Kind: Hashable {
        case inProcess(isSecure: Bool?)
        case socket
        case tls
    }

    let kind: Kind

    /// No socket: the fastest, for handlers and routes.
    ///
    /// Requests count as secure when the server's first endpoint has TLS.
    public static let inProcess = TestTransport(kind: .inProcess(isSecure: nil))

    /// No socket; handlers and authentication schemes are told that the connection is, or is not, under TLS.
    public static func inProcess(isSecure: Bool) -> TestTransport {
        TestTransport(kind: .inProcess(isSecure: isSecure))
    }

    /// TCP in clear text to a port of 127.0.0.1 that the system chooses, in place of the server's own endpoints.
    public static let socket = TestTransport(kind: .socket)

    /// TLS to a port of 127.0.0.1 that the system chooses, with a certificate made for the test, which the client trusts.
    public static let tls = TestTransport(kind: .tls)

    /// All three, for tests that hold over each: `@Test(arguments: TestTransport.all)`.
    public static let all: [TestTransport] = [.inProcess, .socket, .tls]

    /// The name, for reports of tests.
    public var description: String {
        switch kind {
        case .inProcess(isSecure: nil): "in process"
        case .inProcess(isSecure: true?): "in process, as if under TLS"
        case .inProcess(isSecure: false?): "in process, as if in clear text"
        case .socket: "socket"
        case .tls: "TLS"
        }
    }
}

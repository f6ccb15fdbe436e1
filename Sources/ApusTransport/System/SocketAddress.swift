import Glibc

/// Where a socket is: an IPv4 or IPv6 address with a port, or the path of a Unix socket.
package enum SocketAddress: Sendable, Hashable, CustomStringConvertible {
    case ipv4(host: String, port: Int)
    case ipv6(host: String, port: Int)
    case unix(path: String)

    /// A numeric address, or `localhost`, which stands for 127.0.0.1.
    ///
    /// Names are not looked up.
    ///
    /// - Returns: nil when `host` is neither, or `port` is outside 0...65535.
    package init?(host: String, port: Int) {
        guard 0...65_535 ~= port else { return nil }
        let host = host == "localhost" ? "127.0.0.1" : host
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, host, &four) == 1 {
            self = .ipv4(host: host, port: port)
        } else if inet_pton(AF_INET6, host, &six) == 1 {
            self = .ipv6(host: host, port: port)
        } else {
            return nil
        }
    }

    /// The longest path that the kernel takes for a Unix socket, in octets.
    package static let maximumPathOctets = 107

    package var port: Int? {
        switch self {
        case .ipv4(_, let port), .ipv6(_, let port): port
        case .unix: nil
        }
    }

    /// The address without its port; the path of a Unix socket.
    package var host: String {
        switch self {
        case .ipv4(let host, _), .ipv6(let host, _): host
        case .unix(let path): path
        }
    }

    package var description: String {
        switch self {
        case .ipv4(let host, let port): "\(host):\(port)"
        case .ipv6(let host, let port): "[\(host)]:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    // MARK: The kernel's form

    var family: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    func withKernelForm<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var storage = sockaddr_storage()
        let size: Int
        switch self {
        case .ipv4(let host, let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            inet_pton(AF_INET, host, &address.sin_addr)
            size = Self.copy(&address, to: &storage)
        case .ipv6(let host, let port):
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = in_port_t(port).bigEndian
            inet_pton(AF_INET6, host, &address.sin6_addr)
            size = Self.copy(&address, to: &storage)
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { field in
                field.copyBytes(from: path.utf8.prefix(Self.maximumPathOctets))
            }
            size = Self.copy(&address, to: &storage)
        }
        return withUnsafePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(size)) }
        }
    }

    private static func copy<Address>(_ address: inout Address, to storage: inout sockaddr_storage) -> Int {
        withUnsafeMutableBytes(of: &storage) { target in
            withUnsafeBytes(of: &address) { target.copyMemory(from: $0) }
        }
        return MemoryLayout<Address>.size
    }

    init(kernelForm storage: sockaddr_storage) {
        self = withUnsafeBytes(of: storage) { octets in
            switch Int32(storage.ss_family) {
            case AF_INET:
                let address = octets.loadUnaligned(as: sockaddr_in.self)
                return .ipv4(
                    host: Self.text(of: address.sin_addr, AF_INET), port: Int(UInt16(bigEndian: address.sin_port)))
            case AF_INET6:
                let address = octets.loadUnaligned(as: sockaddr_in6.self)
                return .ipv6(
                    host: Self.text(of: address.sin6_addr, AF_INET6), port: Int(UInt16(bigEndian: address.sin6_port)))
            default:
                let path = octets.dropFirst(MemoryLayout<sa_family_t>.size).prefix { $0 != 0 }
                return .unix(path: String(decoding: path, as: UTF8.self))
            }
        }
    }

    private static func text<Address>(of address: Address, _ family: Int32) -> String {
        withUnsafeBytes(of: address) { octets in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
                guard let start = buffer.baseAddress,
                    inet_ntop(family, octets.baseAddress, start, socklen_t(INET6_ADDRSTRLEN)) != nil
                else { return "" }
                return String(cString: start)
            }
        }
    }
}

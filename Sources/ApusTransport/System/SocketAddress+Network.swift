import Glibc

extension SocketAddress {
    /// The network that a client commands: an IPv4 address, or the first 64 bits of an IPv6 address, in network order.
    ///
    /// A single customer has 2^64 addresses of IPv6 to choose from, so that one of them says little. IPv4 in IPv6's
    /// clothes (RFC 4291 §2.5.5.2) is IPv4. A scope (RFC 4007 §11) is no part of the address.
    ///
    /// - Returns: 4 or 8 octets; nil for what is no numeric address.
    package static func network(ofHost host: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return withUnsafeBytes(of: four) { [UInt8]($0) } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, String(host.prefix { $0 != "%" }), &six) == 1 else { return nil }
        let octets = withUnsafeBytes(of: six) { [UInt8]($0) }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        return octets.starts(with: mapped) ? [UInt8](octets[12...]) : [UInt8](octets[..<8])
    }
}

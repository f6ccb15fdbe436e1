package import FoundationEssentials

/// An address that may be asked for keys, or for where keys are: whoever can change what it answers can sign tokens.
package struct KeyAddress: Hashable, Sendable {
    package let url: URL
    package let isSecure: Bool
    package let host: String
    package let port: Int

    /// Reads an absolute https URL without user information or fragment.
    ///
    /// - Parameter allowInsecureHTTP: also takes http, though only to this machine itself, where nobody is on the line.
    /// - Returns: nil for everything else.
    package init?(_ text: String, allowInsecureHTTP: Bool = false) {
        guard let url = URL(string: text, encodingInvalidCharacters: false), url.fragment() == nil,
            url.user() == nil, url.password() == nil, let host = url.host(), !host.isEmpty
        else { return nil }
        let name = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        switch url.scheme?.lowercased() {
        case "https": isSecure = true
        case "http":
            guard allowInsecureHTTP, Self.isLoopback(name) else { return nil }
            isSecure = false
        default: return nil
        }
        // URL gives no port for a number that is too large for an Int, and would be taken to be without one.
        guard url.port != nil || !Self.hasPort(text) else { return nil }
        let port = url.port ?? (isSecure ? 443 : 80)
        guard 1...65_535 ~= port else { return nil }
        self.url = url
        self.host = name
        self.port = port
    }

    /// Whether another address is the same server's, by the same protocol.
    package func hasOrigin(of other: KeyAddress) -> Bool {
        isSecure == other.isSecure && host.lowercased() == other.host.lowercased() && port == other.port
    }

    /// Whether something stands behind the colon after the host (RFC 3986 §3.2).
    private static func hasPort(_ text: String) -> Bool {
        let afterScheme = text.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2)
        let authority = afterScheme.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
        guard let colon = authority.lastIndex(of: UInt8(ascii: ":")) else { return false }
        let port = authority[authority.index(after: colon)...]
        // Within brackets it belongs to an IPv6 address.
        return !port.isEmpty && !port.contains(UInt8(ascii: "]"))
    }

    // RFC 6761 §6.3: "localhost" is never anybody else.
    private static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in part.utf8.allSatisfy { 0x30...0x39 ~= $0 } && UInt8(part) != nil }
    }
}

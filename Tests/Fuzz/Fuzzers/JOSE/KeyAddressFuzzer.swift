import Foundation

@testable import Apus
@testable import ApusJOSE

extension Fuzzer {
    /// Addresses that an issuer's metadata or a redirect names: what is taken is https to the host that a plain look finds.
    ///
    /// The first line is an address or an issuer's metadata, the second where the first one redirects to.
    static let keyAddress = Fuzzer(name: "key-address") { (octets) throws(Violation) in
        let lines = octets.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let texts = lines.map { String(decoding: $0, as: UTF8.self) }
        if let metadata = try? IssuerMetadata(Array(lines[0]), of: "https://login.example", allowInsecureHTTP: false) {
            try require(KeyAddress(metadata.keySetURL) != nil, "Metadata names an address")
        }
        guard let address = KeyAddress(texts[0]) else { return }
        try check(address, texts[0])
        for text in IssuerMetadata.addresses(of: texts[0], allowInsecureHTTP: false) {
            guard let next = KeyAddress(text) else { throw Violation("An issuer's document has an address: \(text)") }
            try check(next, text)
            try require(next.hasOrigin(of: address), "An issuer's document is on its own server")
        }
        guard texts.count == 2, let target = URL(string: texts[1], relativeTo: address.url)?.absoluteString,
            let next = KeyAddress(target)
        else { return }
        try check(next, target)
        guard next.hasOrigin(of: address) else { return }
        let isSame = Authority(texts[0]).map { $0.host.lowercased() } == Authority(target).map { $0.host.lowercased() }
        try require(isSame, "A redirect leads to the same host: \(target)")
    }

    private static func check(_ address: KeyAddress, _ text: String) throws(Violation) {
        guard let authority = Authority(text) else { throw Violation("An address is https with a host: \(text)") }
        try require(address.isSecure && !text.contains("#"), "An address is secure and has no fragment")
        try require(address.host == authority.host, "The host is \(authority.host): \(address.host)")
        try require(address.port == (authority.port ?? 443), "The port is the address's")
        let parts = [
            address.host, address.url.path(percentEncoded: true), address.url.query(percentEncoded: true) ?? "",
        ]
        for part in parts {
            try require(part.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "What is sent is visible ASCII: \(parts)")
        }
    }

    /// The part of an address between the two slashes and the next one.
    private struct Authority {
        let host: String
        let port: Int?

        init?(_ text: String) {
            guard text.lowercased().hasPrefix("https://") else { return nil }
            let authority = text.dropFirst(8).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            guard !authority.contains("@"), !authority.contains("\\") else { return nil }
            var rest = authority
            if authority.hasPrefix("[") {
                guard let end = authority.firstIndex(of: "]") else { return nil }
                host = String(authority[authority.index(after: authority.startIndex)..<end])
                rest = authority[authority.index(after: end)...]
            } else {
                host = String(authority.prefix { $0 != ":" })
                rest = authority.dropFirst(host.count)
            }
            guard !host.isEmpty else { return nil }
            port = rest.isEmpty ? nil : Int(rest.dropFirst())
            guard rest.isEmpty || rest == ":" || port != nil else { return nil }
        }
    }
}

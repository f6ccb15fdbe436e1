@testable import Apus
@testable import ApusHTTP

extension Fuzzer {
    /// Method and target, a space between them: read in process as from the wire, in the parts of RFC 9112 §3.2.
    static let requestTarget = Fuzzer(name: "request-target") { (octets) throws(Violation) in
        let parts = octets.split(separator: 0x20, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return }
        let token = String(decoding: parts[0], as: UTF8.self)
        let method = HTTP.Method(token)
        try require((method != nil) == FieldText.isToken(token), "A method is a token")
        guard let method, token.utf8.count <= 32 else { return }
        try require(method.token == token, "A method keeps its token")

        let target = String(decoding: parts[1], as: UTF8.self)
        var host = HTTP.Fields()
        try succeed("A host can be set") { try host.append(.host, "a") }
        let head = try? HTTP.RequestHead(method: method, target: target, fields: host)
        let isVisible =
            !target.isEmpty && target.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
        if !isVisible { try require(head == nil, "A target is visible ASCII without a fragment") }
        if isVisible {
            let wire = try Transcript(
                feeding: [Array("\(token) \(target) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)], limits: HTTP.DecoderLimits())
            let received = wire.messages.first?.head
            try require((received == nil) == (head == nil), "The wire takes what is taken in process: \(wire)")
            try require(
                received?.target == head?.target && received?.path == head?.path && received?.query == head?.query
                    && received?.host == head?.host, "The wire's parts are those in process")
        }
        guard let head else { return }
        try checkParts(of: head, target)
        try checkPath(of: head)
    }

    private static func checkParts(of head: HTTP.RequestHead, _ target: String) throws(Violation) {
        try require(head.target == target, "The target is kept")
        let pathAndQuery = head.path + (head.query.map { "?" + $0 } ?? "")
        if target.hasPrefix("/"), head.method != .connect {
            try require(pathAndQuery == target && head.host == "a", "The origin form is path and query")
        } else if head.method == .connect {
            try require(head.path.isEmpty && head.query == nil && head.host == target, "CONNECT names an authority")
        } else if target == "*" {
            try require(
                head.isAsteriskForm && head.method == .options && head.path.isEmpty, "The asterisk is for OPTIONS")
        } else {
            let scheme = target.lowercased().hasPrefix("https://") ? "https://" : "http://"
            try require(target.lowercased().hasPrefix(scheme), "The absolute form has a scheme")
            let rest = target.dropFirst(scheme.count)
            let host = String(rest.prefix { $0 != "/" && $0 != "?" })
            let isRebuilt = host + pathAndQuery == rest || host + String(pathAndQuery.dropFirst()) == rest
            try require(head.host == host && head.path.hasPrefix("/") && isRebuilt, "The absolute form has its parts")
            try require(!host.isEmpty && !host.contains("@"), "An authority is a host and perhaps a port")
        }
    }

    private static func checkPath(of head: HTTP.RequestHead) throws(Violation) {
        guard !head.pathBytes.isEmpty else { return }
        let expected = expectedSegments(head.path)
        guard let path = try? RequestPath(of: head) else {
            try require(expected == nil, "A path that is well encoded and leads nowhere else is read")
            return
        }
        var segments: [String] = []
        var isContiguous = true
        path.withOctets(of: head) { octets in
            var slash = 0
            while let segment = path.segment(of: octets, after: slash) {
                isContiguous = isContiguous && segment.lowerBound == slash + 1
                segments.append(path.text(segment, of: head))
                slash = segment.upperBound
            }
        }
        try require(isContiguous, "A segment begins behind its slash")
        try require(segments == expected, "A path has these segments, decoded once: \(segments)")
    }

    /// The segments, decoded once; nil when one is not UTF-8, holds NUL, or is or holds `.` or `..`.
    private static func expectedSegments(_ path: String) -> [String]? {
        var segments: [String] = []
        for segment in path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            guard let text = decoded(String(segment)) else { return nil }
            let parts = text.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
            guard !parts.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) else {
                return nil
            }
            segments.append(text)
        }
        if segments.last?.isEmpty == true { segments.removeLast() }
        return segments
    }

    private static func decoded(_ segment: String) -> String? {
        var octets: [UInt8] = []
        var rest = Array(segment.utf8)[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "%") else {
                octets.append(octet)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            octets.append(value)
            rest = rest.dropFirst(2)
        }
        return octets.contains(0) ? nil : String(validating: octets, as: UTF8.self)
    }
}

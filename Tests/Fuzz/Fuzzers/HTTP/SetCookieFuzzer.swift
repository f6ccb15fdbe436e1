@testable import ApusHTTP

extension Fuzzer {
    /// Name, value, domain and path of a cookie to set, a line of the input each: a browser reads what was meant or nothing is sent.
    static let setCookie = Fuzzer(name: "set-cookie") { (octets) throws(Violation) in
        let flags = octets.first ?? 0
        let parts = octets.dropFirst().split(
            separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false
        )
        .map { String(decoding: $0, as: UTF8.self) }
        func part(_ index: Int) -> String? { index < parts.count && !parts[index].isEmpty ? parts[index] : nil }
        let sameSite = HTTP.SetCookie.SameSite.allCases[Int(flags >> 2) % 3]
        let made = try? HTTP.SetCookie(
            part(0) ?? "", part(1) ?? "", maxAge: flags & 0x40 == 0 ? nil : Int(flags), domain: part(2), path: part(3),
            secure: flags & 1 == 0, httpOnly: flags & 2 == 0, sameSite: flags & 0x20 == 0 ? sameSite : nil)
        guard let cookie = made else { return }
        for cookie in [cookie, cookie.removal] { try check(cookie) }

        var fields = HTTP.Fields()
        _ = try succeed("A cookie can be sent back") { try fields.append(.cookie, "\(cookie.name)=\(cookie.value)") }
        let cookies = try succeed("A cookie that was sent back can be read") { try HTTP.Cookies(fields) }
        try require(cookies.count == 1 && cookies[cookie.name] == cookie.value, "What is sent back is what was set")
    }

    private static func check(_ cookie: HTTP.SetCookie) throws(Violation) {
        var fields = HTTP.Fields()
        _ = try succeed("A cookie can be set") { try fields.setCookie(cookie) }
        _ = try succeed("A cookie can be set again") { try fields.setCookie(cookie) }
        try require(fields.count == 1, "A cookie takes its own place")
        try require(fields.setsCookie(named: cookie.name), "A cookie is found by its name")
        let value = fields[.setCookie] ?? ""
        try require(value.utf8.allSatisfy { 0x20...0x7E ~= $0 }, "The field is printable ASCII")
        try require(value == cookie.fieldValue, "Nothing is lost at the ends of the field")

        // RFC 6265 §5.2, as a browser does it.
        let parts = value.split(separator: ";", omittingEmptySubsequences: false)
        let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        try require(pair.count == 2 && pair[0] == cookie.name && pair[1] == cookie.value, "The pair is what was meant")
        var attributes: [String: String] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { text in
                FieldText.trimmed(Array(text.utf8)[...])
            }
            let isNew = attributes.updateValue(pair.count > 1 ? pair[1] : "", forKey: pair[0].lowercased()) == nil
            try require(isNew, "No attribute comes twice")
        }
        var expected = ["domain": cookie.domain, "path": cookie.path, "max-age": cookie.maxAge.map(String.init)]
        expected["secure"] = cookie.isSecure ? "" : nil
        expected["httponly"] = cookie.isHTTPOnly ? "" : nil
        expected["samesite"] = cookie.sameSite?.rawValue
        expected["expires"] = cookie.expires == nil ? nil : attributes["expires"]
        try require(attributes == expected.compactMapValues(\.self), "The attributes are those that were meant")
        try checkPrefix(cookie)
    }

    private static func checkPrefix(_ cookie: HTTP.SetCookie) throws(Violation) {
        let name = cookie.name.lowercased()
        if ["__secure-", "__host-", "__http-"].contains(where: name.hasPrefix) {
            try require(cookie.isSecure, "A name that promises security is secure")
        }
        if name.hasPrefix("__host-") {
            try require(cookie.domain == nil && cookie.path == "/", "A name that promises one host keeps to it")
        }
        if name.hasPrefix("__http-") || name.hasPrefix("__host-http-") {
            try require(cookie.isHTTPOnly, "A name that promises to be hidden from scripts is")
        }
    }
}

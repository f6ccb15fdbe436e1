import Foundation

@testable import Apus
@testable import ApusHTTP

extension Fuzzer {
    /// The credentials of the Basic scheme (RFC 7617 §2), both as they come and encoded from the input.
    static let basic = Fuzzer(name: "basic") { (octets) throws(Violation) in
        try checkField(octets)
        try check(Data(octets).base64EncodedString(), encodes: octets)
        // The standard decoder passes over nothing, but takes endings that no encoder writes.
        if let decoded = Data(base64Encoded: Data(octets)), decoded.base64EncodedData() == Data(octets) {
            try check(String(decoding: octets, as: UTF8.self), encodes: [UInt8](decoded))
        } else {
            try require(BasicCredentials(base64: octets[...]) == nil, "Credentials are strict Base64")
        }
    }

    private static func check(_ text: String, encodes octets: [UInt8]) throws(Violation) {
        let credentials = BasicCredentials(base64: Array(text.utf8)[...])
        let colon = octets.firstIndex(of: UInt8(ascii: ":")) ?? 0
        let isText = String(validating: octets, as: UTF8.self) != nil
        let hasControl = octets.contains { $0 < 0x20 || $0 == 0x7F }
        try require(
            (credentials != nil) == (colon > 0 && isText && !hasControl), "These credentials are well-formed or not")
        guard let credentials else { return }
        try require(Array(credentials.username.utf8) == Array(octets[..<colon]), "The name ends at the first colon")
        try require(Array(credentials.password.utf8) == Array(octets[(colon + 1)...]), "The password is the rest")
        try require(
            credentials.matches(username: credentials.username, password: credentials.password)
                && !credentials.matches(username: credentials.username, password: credentials.password + "x"),
            "Credentials match themselves alone")
    }

    private static func checkField(_ octets: [UInt8]) throws(Violation) {
        var fields = HTTP.Fields()
        guard (try? fields.append(.authorization, String(decoding: octets, as: UTF8.self))) != nil,
            (try? fields.append(.host, "x")) != nil,
            let head = try? HTTP.RequestHead(method: .get, target: "/", fields: fields)
        else { return }
        let value = fields[.authorization] ?? ""
        let scheme = value.utf8.prefix { $0 != 0x20 }
        let isBasic = String(decoding: scheme, as: UTF8.self).lowercased() == "basic"
        guard case .found(let credentials) = AuthorizationCredentials.search("Basic", in: head) else {
            try require(!isBasic, "The scheme is found in either case")
            return
        }
        try require(isBasic, "Another scheme is not taken for Basic")
        try require(
            value.utf8.dropFirst(5).drop { $0 == 0x20 }.elementsEqual(credentials.value), "What follows is kept")
        _ = BasicCredentials(base64: credentials.value)
    }
}

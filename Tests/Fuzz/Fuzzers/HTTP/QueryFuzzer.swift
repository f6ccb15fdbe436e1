@testable import ApusHTTP

extension Fuzzer {
    /// A query or a form: its items, encoded and put together again, are the same items.
    static let query = Fuzzer(name: "query") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        let encoded = PercentCoding.encode(text)
        try require(encoded.utf8.allSatisfy(unreservedOrPercent.contains), "What was encoded fits any part of a URI")
        let decoded = try? PercentCoding.decode(Array(encoded.utf8)[...])
        try require((decoded == nil) == text.utf8.contains(0), "Only NUL cannot be decoded again")
        try require(decoded.map { Array($0.utf8) == Array(text.utf8) } ?? true, "What was encoded decodes to the same")

        guard let query = try? HTTP.Query(text) else { return }
        try require(query.items.count <= 1_000, "The limit of items holds")
        let again = query.items.map { item in
            PercentCoding.encode(item.name) + "=" + PercentCoding.encode(item.value)
        }
        let items = try succeed("What was encoded can be read") { try HTTP.Query(again.joined(separator: "&")) }.items
        let isSame =
            items.count == query.items.count
            && zip(items, query.items).allSatisfy { first, second in
                first.name.utf8.elementsEqual(second.name.utf8) && first.value.utf8.elementsEqual(second.value.utf8)
            }
        try require(isSame, "What was encoded reads as the same items")
        for item in query.items.prefix(8) {
            try require(query.values(of: item.name).contains(item.value), "An item is found by its name")
            try require(query[item.name] != nil, "An item is found by its name")
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "&"))
        try require(parts.count == query.items.count, "An item is what stands between two ampersands")
    }

    private static let unreservedOrPercent = Set(
        "-._~%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
}

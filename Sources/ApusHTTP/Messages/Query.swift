extension HTTP {
    /// The items of a query such as `a=1&b=2`, or of a form of type `application/x-www-form-urlencoded`.
    ///
    /// `+` is a space, a name without `=` has the empty value, and empty items are skipped (WHATWG URL §5.1). Names are
    /// case-sensitive and may occur several times.
    public struct Query: Hashable, Sendable {
        /// One name with its value, both decoded.
        public struct Item: Hashable, Sendable {
            /// What stands before the first `=`.
            public let name: String
            /// What stands after it.
            public let value: String
        }

        /// The most items that are taken unless told otherwise.
        public static let defaultLimit = 1_000

        /// All items in order.
        public let items: [Item]

        /// Decodes a query, which is given without its `?`.
        /// - Throws: ``HTTP/QueryError``; an empty query is no error.
        public init(_ encoded: String, limit: Int = Query.defaultLimit) throws(HTTP.QueryError) {
            try self.init(octets: Array(encoded.utf8)[...], limit: limit)
        }

        /// Decodes a query or the content of a form, as it came.
        package init(octets: ArraySlice<UInt8>, limit: Int) throws(HTTP.QueryError) {
            var items: [Item] = []
            var rest = octets
            while !rest.isEmpty {
                let part = rest.prefix { $0 != Octet.ampersand }
                rest = rest[part.endIndex...].dropFirst()
                guard !part.isEmpty else { continue }
                guard items.count < limit else { throw .tooManyItems(limit: limit) }
                let nameEnd = part.firstIndex(of: Octet.equals) ?? part.endIndex
                do {
                    let name = try PercentCoding.decode(part[..<nameEnd], plusIsSpace: true)
                    let value = try PercentCoding.decode(part[nameEnd...].dropFirst(), plusIsSpace: true)
                    items.append(Item(name: name, value: value))
                } catch {
                    throw .malformedEncoding
                }
            }
            self.items = items
        }

        /// The value of the first item of that name.
        public subscript(name: String) -> String? { items.first { $0.name == name }?.value }

        /// The values of all items of that name, in order.
        public func values(of name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }
    }
}

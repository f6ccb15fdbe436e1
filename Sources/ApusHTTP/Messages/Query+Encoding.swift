extension HTTP.Query {
    /// Makes a query, or the content of a form, from names and values that are not encoded yet.
    ///
    /// ```swift
    /// let query = HTTP.Query(["q": "fish & chips", "page": "2"])
    /// let link = "/search?\(query)"  // /search?q=fish%20%26%20chips&page=2
    /// ```
    public init(_ items: KeyValuePairs<String, String>) {
        self.init(items.map { Item(name: $0.key, value: $0.value) })
    }

    private init(_ items: [Item]) {
        self.items = items
    }

    /// The same with one more item at its end.
    public func adding(_ name: String, _ value: String) -> HTTP.Query {
        HTTP.Query(items + [Item(name: name, value: value)])
    }

    /// The items as they stand in a URL and in a form, with everything percent-encoded but letters, digits and `-._~`.
    public var encoded: String {
        items.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }.joined(separator: "&")
    }
}

extension HTTP.Query: CustomStringConvertible {
    /// As ``encoded``.
    public var description: String { encoded }
}

public import ApusHTTP

/// Where in a request a key is looked for: the first place that has one decides.
public struct APIKeyPlaces: Sendable {
    /// The field that is looked at first, and named in challenges; `X-Api-Key` unless given.
    public var header: HTTP.FieldName

    /// Further fields, in order.
    public var furtherHeaders: [HTTP.FieldName]

    /// A parameter of the query; nil, the default, does not look there.
    ///
    /// URLs are kept in histories, in logs of proxies and in `Referer`, and a key in them is kept there too.
    public var queryParameter: String?

    /// A cookie; nil, the default, does not look there.
    ///
    /// Browsers send cookies by themselves, also when another site has made them send the request.
    public var cookie: String?

    /// The places in the order in which they are looked at.
    public init(
        header: HTTP.FieldName = .xAPIKey, furtherHeaders: [HTTP.FieldName] = [], queryParameter: String? = nil,
        cookie: String? = nil
    ) {
        self.header = header
        self.furtherHeaders = furtherHeaders
        self.queryParameter = queryParameter
        self.cookie = cookie
    }

    /// What a place has in the way of a key.
    enum Search: Equatable {
        case none
        case found(String)
        /// More than one in this place.
        case repeated(place: String)
        case malformed(String)
    }

    func search(_ request: Request) -> Search {
        for name in [header] + furtherHeaders {
            switch request.headers.count(of: name) {
            case 0: continue
            case 1:
                guard let text = String(validating: request.headers.bytes(of: name) ?? [], as: UTF8.self) else {
                    return .malformed("The key is not UTF-8")
                }
                return Self.key(in: text)
            default: return .repeated(place: "field \(name)")
            }
        }
        if let queryParameter, let query = request.head.query {
            guard let items = try? HTTP.Query(query) else { return .malformed("The query is malformed") }
            let found = Self.only(items.values(of: queryParameter), place: "query parameter \(queryParameter)")
            if found != .none { return found }
        }
        if let cookie {
            guard let cookies = try? request.cookies else { return .malformed("The cookies are too many or too large") }
            return Self.only(cookies.values(of: cookie), place: "cookie \(cookie)")
        }
        return .none
    }

    private static func only(_ values: [String], place: String) -> Search {
        guard let first = values.first else { return .none }
        return values.count == 1 ? key(in: first) : .repeated(place: place)
    }

    /// The key in a value, which may have spaces and tabs around it.
    static func key(in value: String) -> Search {
        var octets = value.utf8.drop(while: isSpace)
        while let last = octets.last, isSpace(last) { octets.removeLast() }
        let text = String(Substring(octets))
        guard !text.isEmpty else { return .malformed("The key is empty") }
        guard text.utf8.count <= APIKey.maximumOctets else {
            return .malformed("The key is longer than \(APIKey.maximumOctets) octets")
        }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return .malformed("The key has a control character")
        }
        return .found(text)
    }

    /// Looked for among octets: a space or an equals sign with a combining mark behind it would be another character.
    private static func isSpace(_ octet: UInt8) -> Bool { octet == UInt8(ascii: " ") || octet == UInt8(ascii: "\t") }
}

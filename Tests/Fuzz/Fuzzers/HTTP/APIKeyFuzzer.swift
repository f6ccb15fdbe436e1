@testable import Apus
@testable import ApusHTTP

extension Fuzzer {
    /// A key in a field, a parameter of the query and a cookie, each of which is the whole input.
    static let apiKey = Fuzzer(name: "api-key") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        try checkKey(APIKeyPlaces.key(in: text), in: text)
        var places = APIKeyPlaces()
        if let request = request("/", .xAPIKey, text) {
            try require(places.search(request) == APIKeyPlaces.key(in: text), "A field is a key, without its spaces")
        }
        places.cookie = "key"
        if let request = request("/", .cookie, text) {
            let values = text.unicodeScalars.split(separator: ";").compactMap { pair -> String? in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2, ["key", " key", "\tkey"].contains(where: parts[0].hasSuffix),
                    parts[0].dropLast(3).allSatisfy({ $0 == " " || $0 == "\t" })
                else { return nil }
                return parts[1]
            }
            try check(places.search(request), values, "cookie key")
        }
        places.queryParameter = "key"
        if let request = request("/?" + text), let query = request.head.query {
            guard let items = try? HTTP.Query(query) else {
                return try require(
                    places.search(request) == .malformed("The query is malformed"), "A query is well-formed")
            }
            try check(places.search(request), items.values(of: "key"), "query parameter key")
        }
    }

    private static func check(
        _ found: APIKeyPlaces.Search, _ values: [String], _ place: String
    ) throws(Violation) {
        switch values.count {
        case 0: try require(found == .none, "There is no \(place)")
        case 1: try require(found == APIKeyPlaces.key(in: values[0]), "There is one \(place)")
        default: try require(found == .repeated(place: place), "There are several of \(place)")
        }
    }

    private static func checkKey(_ found: APIKeyPlaces.Search, in text: String) throws(Violation) {
        guard case .found(let key) = found else { return }
        try require(Array(text.utf8).firstRange(of: Array(key.utf8)) != nil, "A key is part of what came")
        try require(1...8_192 ~= key.utf8.count, "A key is neither empty nor too long")
        try require(key.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "A key has no control characters")
        try require(key.utf8.first != 0x20 && key.utf8.last != 0x20, "A key has no spaces at its ends")
        try require(!"\(APIKey(text: key))".contains(key) || "[redacted]".contains(key), "A description shows no key")
    }

    private static func request(_ target: String, _ name: HTTP.FieldName = "X-Other", _ value: String = "") -> Request?
    {
        var fields = HTTP.Fields()
        guard (try? fields.append(name, value)) != nil,
            let head = try? HTTP.RequestHead(method: .get, target: target, fields: fields)
        else { return nil }
        return Request(
            head: head, body: RequestBody([]),
            connection: ConnectionContext(peer: nil, isSecure: true, tlsVersion: nil))
    }
}

import ApusHTTP
import ApusJOSE
import FoundationEssentials

/// One request to a server that is trusted: a GET, or the POST of a form.
struct OutgoingRequest: Sendable {
    let method: HTTP.Method
    let url: String
    /// Beyond those that every request has; they may be secret.
    let fields: HTTP.Fields
    let content: [UInt8]
    /// How many octets of content are read at most.
    let maximumOctets: Int
    let timeLimit: Duration

    private static let defaults = RemoteKeySet.Limits()

    /// A request for keys, or for where they are.
    ///
    /// - Throws: `HTTP.FieldError` for an entity tag that cannot be sent.
    init(_ request: KeySetRequest) throws {
        method = .get
        url = request.url
        var fields = HTTP.Fields()
        try fields.append(.accept, "application/jwk-set+json, application/json")
        if let tag = request.entityTag { try fields.append(.ifNoneMatch, tag) }
        self.fields = fields
        content = []
        maximumOctets = request.maximumOctets
        timeLimit = request.timeLimit
    }

    /// A GET in the name of whom a token was issued to (RFC 6750 §2.1).
    ///
    /// - Throws: `HTTP.FieldError` for a token that cannot be sent.
    init(_ url: String, bearing token: String, maximumOctets: Int, timeLimit: Duration = defaults.time) throws {
        method = .get
        self.url = url
        var fields = HTTP.Fields()
        try fields.append(.accept, "application/json")
        try fields.append(.authorization, "Bearer \(token)")
        self.fields = fields
        content = []
        self.maximumOctets = maximumOctets
        self.timeLimit = timeLimit
    }

    /// The POST of a form.
    ///
    /// - Throws: `HTTP.FieldError` for an Authorization value that cannot be sent.
    init(
        _ url: String, form: HTTP.Query, authorization: String? = nil, maximumOctets: Int,
        timeLimit: Duration = defaults.time
    ) throws {
        method = .post
        self.url = url
        var fields = HTTP.Fields()
        try fields.append(.accept, "application/json")
        if let authorization { try fields.append(.authorization, authorization) }
        content = Array(form.encoded.utf8)
        try fields.append(.contentType, "application/x-www-form-urlencoded")
        try fields.append(.contentLength, "\(content.count)")
        self.fields = fields
        self.maximumOctets = maximumOctets
        self.timeLimit = timeLimit
    }

    /// The request as it is sent to an address, over a connection of its own.
    func octets(to address: KeyAddress) throws -> [UInt8] {
        let url = address.url
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        let path = url.path(percentEncoded: true)
        let query = url.query(percentEncoded: true).map { "?" + $0 } ?? ""
        var lines = HTTP.Fields()
        try lines.append(.host, url.port.map { "\(host):\($0)" } ?? host)
        try lines.append(.userAgent, "Apus")
        try lines.append(.connection, "close")
        var head = "\(method.token) \(path.isEmpty ? "/" : path)\(query) HTTP/1.1\r\n"
        for (name, value) in Array(lines) + Array(fields) { head += "\(name): \(value)\r\n" }
        return Array((head + "\r\n").utf8) + content
    }
}

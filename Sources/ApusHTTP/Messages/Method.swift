extension HTTP {
    /// A request method (RFC 9110 §9); methods are case-sensitive.
    public enum Method: Hashable, Sendable, CustomStringConvertible {
        /// Transfers a current representation (RFC 9110 §9.3.1).
        case get
        /// As GET, but the response has no content (RFC 9110 §9.3.2).
        case head
        /// Has the resource process the content of the request (RFC 9110 §9.3.3).
        case post
        /// Replaces the resource's state with the content of the request (RFC 9110 §9.3.4).
        case put
        /// Removes the resource (RFC 9110 §9.3.5).
        case delete
        /// Asks for a tunnel to the authority that is the request's target (RFC 9110 §9.3.6).
        case connect
        /// Asks what the resource, or with the target `*` the server, can do (RFC 9110 §9.3.7).
        case options
        /// Has the request echoed (RFC 9110 §9.3.8).
        case trace
        /// Changes a part of the resource's state (RFC 5789).
        case patch
        /// Any other method token; `init(_:)` never gives it for a method that has a case of its own.
        case other(String)
    }
}

extension HTTP.Method {
    /// Takes a method token; `nil` if the text is not one (RFC 9110 §5.6.2).
    public init?(_ token: String) {
        let octets = token.utf8.span
        guard Octet.isToken(octets, 0..<octets.count) else { return nil }
        self.init(octets)
    }

    /// The names of methods whose targets have forms of their own, as `Octet.packed` has them.
    static let connectName: UInt64 = 0x43_4F4E_4E45_4354
    static let optionsName: UInt64 = 0x4F_5054_494F_4E53

    /// Takes octets that are known to be a token.
    package init(_ token: Span<UInt8>) {
        switch Octet.packed(token) {
        case 0x47_4554: self = .get
        case 0x4845_4144: self = .head
        case 0x504F_5354: self = .post
        case 0x50_5554: self = .put
        case 0x4445_4C45_5445: self = .delete
        case Self.connectName: self = .connect
        case Self.optionsName: self = .options
        case 0x54_5241_4345: self = .trace
        case 0x50_4154_4348: self = .patch
        default: self = .other(Octet.text(token))
        }
    }

    /// The method as it stands in a request line.
    public var token: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .connect: "CONNECT"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .patch: "PATCH"
        case .other(let token): token
        }
    }

    /// The method as it stands in a request line.
    public var description: String { token }
}

import ApusJOSE
import FoundationEssentials

/// What an issuer publishes about itself, as far as it matters for its tokens (OpenID Connect Discovery 1.0 §3, RFC 8414 §2).
struct IssuerMetadata: Sendable {
    /// More octets than this no such document has.
    static let maximumOctets = 65_536

    /// Where its keys are.
    let keySetURL: String

    private let document: JSONValue
    private let allowInsecureHTTP: Bool

    /// - Parameters:
    ///   - document: what was fetched.
    ///   - issuer: whom it must speak of, octet for octet (OpenID Connect Discovery 1.0 §4.3, RFC 8414 §3.3).
    init(_ document: [UInt8], of issuer: String, allowInsecureHTTP: Bool) throws(IssuerMetadataError) {
        let value: JSONValue
        do {
            value = try JSONValue.parse(document)
        } catch {
            throw .malformed
        }
        guard let named = value["issuer"]?.string else { throw .memberMissing("issuer") }
        guard named.utf8.elementsEqual(issuer.utf8) else { throw .otherIssuer(named) }
        keySetURL = try Self.address("jwks_uri", in: value, allowInsecureHTTP)
        self.document = value
        self.allowInsecureHTTP = allowInsecureHTTP
    }

    private static func address(
        _ member: String, in document: JSONValue, _ allowInsecureHTTP: Bool
    ) throws(IssuerMetadataError) -> String {
        guard let url = document[member]?.string else { throw .memberMissing(member) }
        guard KeyAddress(url, allowInsecureHTTP: allowInsecureHTTP) != nil else {
            throw .addressRefused(url, member: member)
        }
        return url
    }

    /// An address that must be there.
    func address(_ member: String) throws(IssuerMetadataError) -> String {
        try Self.address(member, in: document, allowInsecureHTTP)
    }

    /// An address that may be left out.
    func optionalAddress(_ member: String) throws(IssuerMetadataError) -> String? {
        document[member] == nil ? nil : try address(member)
    }

    /// What the issuer says that it supports; nil when it does not say.
    func list(_ member: String) -> [String]? { document[member]?.array.map { $0.compactMap(\.string) } }

    /// A statement of the issuer about itself; false when it does not make it.
    func isTrue(_ member: String) -> Bool { document[member]?.bool ?? false }

    /// Where an issuer's document may be: as OpenID Connect has it, then as OAuth 2.0 does.
    ///
    /// - Returns: none for text that cannot name an issuer: RFC 8414 §2 has a URL without query and fragment.
    static func addresses(of issuer: String, allowInsecureHTTP: Bool) -> [String] {
        guard KeyAddress(issuer, allowInsecureHTTP: allowInsecureHTTP) != nil, !issuer.contains("?"),
            let authority = issuer.firstRange(of: "://")?.upperBound
        else { return [] }
        let origin = issuer[..<(issuer[authority...].firstIndex(of: "/") ?? issuer.endIndex)]
        // OpenID Connect Discovery 1.0 §4.1 and RFC 8414 §3.1: without a slash at its end.
        var path = issuer[origin.endIndex...]
        while path.last == "/" { path.removeLast() }
        return [
            "\(origin)\(path)/.well-known/openid-configuration",
            "\(origin)/.well-known/oauth-authorization-server\(path)",
        ]
    }
}

/// Why an issuer's document is of no use.
enum IssuerMetadataError: Error, Equatable, CustomStringConvertible {
    case malformed
    case memberMissing(String)
    case otherIssuer(String)
    case addressRefused(String, member: String)
    case notSupported(String, member: String)
    case status(Int)

    var description: String {
        switch self {
        case .malformed: "The issuer's metadata is no JSON document"
        case .memberMissing(let name): "The issuer's metadata has no string '\(name)'"
        case .otherIssuer(let issuer): "The metadata is that of another issuer, '\(EchoedText(issuer))'"
        case .addressRefused(let url, let member):
            "The issuer's '\(member)' is not an address of https: '\(EchoedText(url))'"
        case .notSupported(let value, let member): "The issuer's '\(member)' does not have '\(EchoedText(value))'"
        case .status(let status): "The issuer answered \(status) where its metadata should be; expected 200"
        }
    }
}

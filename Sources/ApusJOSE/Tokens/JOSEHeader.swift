/// The header of a token (RFC 7515 §4): what its sender says about signature and type.
///
/// `jku`, `jwk`, `x5u` and `x5c` can be read here but are never followed; keys come from the key store alone.
public struct JOSEHeader: Hashable, Sendable {
    /// Every header parameter, in the order of the token.
    public let members: JSONObject

    init(_ members: JSONObject) {
        self.members = members
    }

    /// The algorithm that the token claims to be signed with, `alg`; the key's algorithm decides.
    public var algorithm: String? { members["alg"]?.string }

    /// The identifier of the key, `kid`.
    public var kid: String? { members["kid"]?.string }

    /// The media type of the whole token, `typ`.
    public var type: String? { members["typ"]?.string }

    /// The media type of what is signed, `cty`.
    public var contentType: String? { members["cty"]?.string }

    /// The parameter of this name, or nil.
    public subscript(name: String) -> JSONValue? { members[name] }
}

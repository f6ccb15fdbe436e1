extension ValidationParameters {
    /// The types of access tokens: none, RFC 7519's, and RFC 9068's.
    private static let commonTypes = ["application/jwt", "application/at+jwt"]

    /// RFC 8725 §3.11: tokens of one kind are not to be taken for those of another, which their types tell apart.
    func checkType(_ header: JOSEHeader) throws(TokenError) {
        guard let type = header.type else {
            if let requiredType, !requiredType.isEmpty { throw .typeNotAccepted("") }
            return
        }
        if requiredType == nil, type.hasSameOctets(as: "JWT") { return }
        let found = Self.mediaType(type)
        let isAccepted =
            if let requiredType { found == Self.mediaType(requiredType) } else { Self.commonTypes.contains(found) }
        guard isAccepted else { throw .typeNotAccepted(EchoedText(type).description) }
    }

    // RFC 7515 §4.1.9: a value without a slash stands for "application/" and that value.
    private static func mediaType(_ type: String) -> String {
        let type = type.lowercased()
        return type.contains("/") ? type : "application/" + type
    }
}

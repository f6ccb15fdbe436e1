/// The rules of `crit` (RFC 7515 §4.1.11) and `b64` (RFC 7797 §6).
enum CriticalHeader {
    /// Names that `crit` must not have: those that every implementation knows (RFC 7515 §4.1, RFC 7518 §4).
    private static let registered: Set<String> = [
        "alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit",
        "enc", "zip", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c",
    ]

    /// Checks what a protected header demands of its reader.
    ///
    /// - Returns: whether the payload is encoded, which `b64` says.
    /// - Throws: `JWSError.headerNotSupported` with the name that is not understood or against the rules.
    static func check(_ header: JSONObject, understanding extensions: Set<String>) throws(JWSError) -> Bool {
        let names = try names(header)
        for name in names {
            guard !registered.contains(name), header[name] != nil else { throw .headerNotSupported(name) }
            guard name == "b64" || extensions.contains(where: name.hasSameOctets) else {
                throw .headerNotSupported(name)
            }
        }
        guard let value = header["b64"] else { return true }
        // A reader that does not know b64 would take other octets for the payload, so it must be critical.
        guard let isEncoded = value.bool, names.contains("b64") else { throw .headerNotSupported("b64") }
        return isEncoded
    }

    private static func names(_ header: JSONObject) throws(JWSError) -> [String] {
        guard let value = header["crit"] else { return [] }
        guard let elements = value.array, !elements.isEmpty else { throw .headerNotSupported("crit") }
        let names = elements.compactMap(\.string)
        guard names.count == elements.count, Set(names).count == names.count else { throw .headerNotSupported("crit") }
        return names
    }
}

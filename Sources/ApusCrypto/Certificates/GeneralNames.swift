import COpenSSL
import Glibc

/// The subject alternative names of a certificate as OpenSSL has them: a stack of GENERAL_NAME.
///
/// Built as objects and not from OpenSSL's configuration text, in which a comma in a name would begin another one.
enum GeneralNames {
    /// Puts the names into a certificate that is being made; false for a name that cannot stand in one.
    static func add(_ names: [SubjectAlternativeName], to x509: OpaquePointer) -> Bool {
        if names.isEmpty { return true }
        guard let stack = GENERAL_NAMES_new() else { return false }
        defer { GENERAL_NAMES_free(stack) }
        for name in names {
            let (kind, value): (Int32, UnsafeMutablePointer<ASN1_STRING>?) =
                switch name {
                case .dns(let text): (GEN_DNS, makeText(text))
                case .email(let text): (GEN_EMAIL, makeText(text))
                case .uri(let text): (GEN_URI, makeText(text))
                case .ipAddress(let text): (GEN_IPADD, a2i_IPADDRESS(text))
                }
            guard let value else { return false }
            guard let entry = GENERAL_NAME_new() else {
                ASN1_STRING_free(value)
                return false
            }
            GENERAL_NAME_set0_value(entry, kind, value)
            guard OPENSSL_sk_push(stack, entry) > 0 else {
                GENERAL_NAME_free(entry)
                return false
            }
        }
        return X509_add1_ext_i2d(x509, NID_subject_alt_name, UnsafeMutableRawPointer(stack), 0, 0) == 1
    }

    private static func makeText(_ text: String) -> UnsafeMutablePointer<ASN1_STRING>? {
        guard !text.isEmpty, text.utf8.allSatisfy(isGraphic), let value = ASN1_STRING_type_new(V_ASN1_IA5STRING)
        else { return nil }
        guard ASN1_STRING_set(value, text, -1) == 1 else {
            ASN1_STRING_free(value)
            return nil
        }
        return value
    }

    private static func isGraphic(_ octet: UInt8) -> Bool { octet > 0x20 && octet < 0x7F }

    /// The names in a certificate; none when the extension is repeated or cannot be read.
    static func names(in x509: OpaquePointer) -> [SubjectAlternativeName] {
        defer { ERR_clear_error() }
        guard let extensionValue = X509_get_ext_d2i(x509, NID_subject_alt_name, nil, nil) else { return [] }
        let stack = OpaquePointer(extensionValue)
        defer { GENERAL_NAMES_free(stack) }
        return (0..<OPENSSL_sk_num(stack)).compactMap { index in
            OPENSSL_sk_value(stack, index).flatMap {
                name(UnsafePointer($0.assumingMemoryBound(to: GENERAL_NAME.self)))
            }
        }
    }

    /// Nil for other kinds, and for text that no name has: an octet of zero has ended names early before.
    private static func name(_ entry: UnsafePointer<GENERAL_NAME>) -> SubjectAlternativeName? {
        var kind: Int32 = 0
        guard let value = GENERAL_NAME_get0_value(entry, &kind),
            [GEN_DNS, GEN_EMAIL, GEN_URI, GEN_IPADD].contains(kind)
        else { return nil }
        let string = UnsafePointer(value.assumingMemoryBound(to: ASN1_STRING.self))
        let octets = UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
        if kind == GEN_IPADD { return addressText(octets).map(SubjectAlternativeName.ipAddress) }
        guard !octets.isEmpty, octets.allSatisfy(isGraphic) else { return nil }
        let text = String(decoding: octets, as: UTF8.self)
        switch kind {
        case GEN_DNS: return .dns(text)
        case GEN_EMAIL: return .email(text)
        default: return .uri(text)
        }
    }

    private static func addressText(_ octets: UnsafeBufferPointer<UInt8>) -> String? {
        let families = [4: AF_INET, 16: AF_INET6]
        guard let family = families[octets.count] else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(family, octets.baseAddress, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// What the server itself does with a field, found out once when the field is read or set.
enum FieldRole: UInt8, Sendable {
    case none
    case host, expect
    case connection, contentLength, transferEncoding
    case contentType, date

    /// Only names of the right length are looked at.
    @inline(__always)
    init(_ octets: Span<UInt8>, _ name: Range<Int>) {
        func named(_ lowercase: String, _ role: Self) -> Self {
            Octet.equals(octets, name, ignoringCase: lowercase) ? role : .none
        }
        switch name.count {
        case 4:
            // Which are letters all: of other octets none becomes one by the bit that tells their cases apart.
            switch Octet.packed(octets.extracting(name)) | 0x2020_2020 {
            case 0x686F_7374: self = .host
            case 0x6461_7465: self = .date
            default: self = .none
            }
        case 6: self = named("expect", .expect)
        case 10: self = named("connection", .connection)
        case 12: self = named("content-type", .contentType)
        case 14: self = named("content-length", .contentLength)
        case 17: self = named("transfer-encoding", .transferEncoding)
        default: self = .none
        }
    }

    /// Whether the server writes the field itself in responses, from how it delimits the content (RFC 9112 §6).
    var isFraming: Bool {
        switch self {
        case .connection, .contentLength, .transferEncoding: true
        case .none, .host, .expect, .contentType, .date: false
        }
    }

    /// The roles that occur among some fields.
    struct Set: Sendable {
        private var bits: UInt8 = 0

        @inline(__always)
        mutating func insert(_ role: FieldRole) { bits |= 1 &<< role.rawValue }

        @inline(__always)
        func contains(_ role: FieldRole) -> Bool { bits & (1 &<< role.rawValue) != 0 }

        var containsFraming: Bool {
            contains(.connection) || contains(.contentLength) || contains(.transferEncoding)
        }
    }
}

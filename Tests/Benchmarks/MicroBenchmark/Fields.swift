import ApusHTTP

/// Header fields of a request.
enum Fields {
    static var operations: [Operation] {
        get throws {
            let fields = try Decoding.head(of: Decoding.browser).fields
            return [
                Operation("look up a field", gives: 55) { fields.bytes(of: .cookie)?.count ?? 0 },
                Operation("look up a field that is not there", gives: 0) {
                    fields.bytes(of: .authorization)?.count ?? 0
                },
                Operation("read a field as text", gives: 70) { fields[.userAgent]?.utf8.count ?? 0 },
            ]
        }
    }
}

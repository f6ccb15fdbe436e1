import COpenSSL

/// Collects what an OpenSSL function prints.
enum MemoryText {
    static func collect(_ print: (OpaquePointer) -> Int32) -> String {
        guard let bio = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(bio) }
        _ = print(bio)
        var start: UnsafeMutablePointer<CChar>?
        let count = COpenSSL_BIO_get_mem_data(bio, &start)
        let octets = UnsafeRawBufferPointer(start: start, count: max(0, count))
        return String(decoding: octets, as: UTF8.self)
    }
}

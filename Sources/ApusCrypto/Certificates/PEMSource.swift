import COpenSSL

/// The text of a PEM file, in memory that OpenSSL wipes when it is released.
final class PEMSource {
    /// A chain of ten large certificates takes 30 KB; a file beyond this is not one.
    static let maximumOctets = 1_048_576

    /// The file's path, or what else to call it in a message.
    let name: String
    let bio: OpaquePointer

    init(file path: String) throws(TLSConfigurationError) {
        ERR_clear_error()
        guard let file = BIO_new_file(path, "r") else {
            throw .unreadableFile(path: path, reason: OpenSSLFailure.takeSystemReason())
        }
        defer { BIO_free(file) }
        name = path
        bio = try Self.makeMemory(for: path)
        try fill(from: file, path: path)
    }

    init(_ text: String) throws(TLSConfigurationError) {
        name = "PEM text"
        bio = try Self.makeMemory(for: name)
        var text = text
        text.withUTF8 { bytes in _ = BIO_write(bio, bytes.baseAddress, Int32(clamping: bytes.count)) }
    }

    deinit {
        BIO_free(bio)
    }

    private func fill(from file: OpaquePointer, path: String) throws(TLSConfigurationError) {
        var octets = 0
        while true {
            let count = withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 1) { chunk -> Int32 in
                let count = BIO_read(file, chunk.baseAddress, Int32(chunk.count))
                if count > 0 { BIO_write(bio, chunk.baseAddress, count) }
                OPENSSL_cleanse(chunk.baseAddress, chunk.count)
                return count
            }
            if count < 0 { throw .unreadableFile(path: path, reason: OpenSSLFailure.takeSystemReason()) }
            if count == 0 { return }
            octets += Int(count)
            if octets > Self.maximumOctets {
                throw .unreadableFile(path: path, reason: "it is larger than \(Self.maximumOctets) bytes")
            }
        }
    }

    private static func makeMemory(for path: String) throws(TLSConfigurationError) -> OpaquePointer {
        guard let memory = BIO_new(BIO_s_mem()) else { throw .unreadableFile(path: path, reason: "out of memory") }
        return memory
    }
}

import COpenSSL

/// What OpenSSL reads records from and writes records to during one call.
///
/// OpenSSL's own memory BIOs copy every record once more in each direction. Here a read takes octets straight from the
/// caller's buffer, and a write appends to the array that the caller will hand to its socket.
struct RecordTransfer {
    /// What is left of the caller's ciphertext; empty outside of a call, because the octets are only borrowed.
    var input = UnsafeRawBufferPointer(start: nil, count: 0)
    var output: [UInt8] = []

    /// The BIO's methods; `nil` only when memory ran out at the start of the process.
    static let method: OpenSSLObject? = {
        guard let method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "Apus records") else { return nil }
        BIO_meth_set_read_ex(method) { bio, destination, capacity, count in
            guard let bio, let destination, let count else { return 0 }
            return RecordTransfer.read(bio, destination, capacity, count)
        }
        BIO_meth_set_write_ex(method) { bio, source, length, count in
            guard let bio, let source, let count else { return 0 }
            return RecordTransfer.write(bio, source, length, count)
        }
        BIO_meth_set_ctrl(method) { _, command, _, _ in
            // Output is never held back, so flushing has nothing to do. Zero for the rest means "not supported".
            command == BIO_CTRL_FLUSH ? 1 : 0
        }
        return OpenSSLObject(method, release: BIO_meth_free)
    }()

    private static func read(
        _ bio: OpaquePointer, _ destination: UnsafeMutablePointer<CChar>, _ capacity: Int,
        _ count: UnsafeMutablePointer<Int>
    ) -> Int32 {
        COpenSSL_BIO_clear_retry_flags(bio)
        guard let transfer = BIO_get_data(bio)?.assumingMemoryBound(to: RecordTransfer.self) else { return 0 }
        let input = transfer.pointee.input
        guard let start = input.baseAddress, input.count > 0 else {
            COpenSSL_BIO_set_retry_read(bio)
            return 0
        }
        let taken = min(capacity, input.count)
        UnsafeMutableRawPointer(destination).copyMemory(from: start, byteCount: taken)
        transfer.pointee.input = UnsafeRawBufferPointer(rebasing: input[taken...])
        count.pointee = taken
        return 1
    }

    private static func write(
        _ bio: OpaquePointer, _ source: UnsafePointer<CChar>, _ length: Int, _ count: UnsafeMutablePointer<Int>
    ) -> Int32 {
        COpenSSL_BIO_clear_retry_flags(bio)
        guard let transfer = BIO_get_data(bio)?.assumingMemoryBound(to: RecordTransfer.self) else { return 0 }
        source.withMemoryRebound(to: UInt8.self, capacity: length) { octets in
            transfer.pointee.output.append(contentsOf: UnsafeBufferPointer(start: octets, count: length))
        }
        count.pointee = length
        return 1
    }
}

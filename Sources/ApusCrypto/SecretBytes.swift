import COpenSSL

extension [UInt8] {
    /// Overwrites the octets with zeros, in a way that the compiler does not leave out.
    ///
    /// Only this storage: copies, and what an array left when it grew, stay as they are.
    package mutating func wipe() {
        withUnsafeMutableBytes { octets in OPENSSL_cleanse(octets.baseAddress, octets.count) }
    }
}

/// Key octets in memory of their own, wiped on release and absent from every description.
package final class SecretBytes: Sendable, CustomStringConvertible, CustomReflectable {
    // Written only by the initialisers, before any other thread can hold a reference; read-only afterwards.
    nonisolated(unsafe) private let storage: UnsafeMutableBufferPointer<UInt8>
    private let ownsStorage: Bool

    /// `fill` writes the octets in place (they start as zeros), so that no copy of them stays behind elsewhere.
    package init<Failure: Error>(
        count: Int,
        fill: (inout MutableSpan<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        storage = .allocate(capacity: count)
        ownsStorage = true
        storage.initialize(repeating: 0)
        var span = storage.mutableSpan
        try fill(&span)
    }

    package convenience init(copying bytes: Span<UInt8>) {
        self.init(count: bytes.count) { span in
            for index in bytes.indices { span[index] = bytes[index] }
        }
    }

    /// Octets in memory that the caller frees, after this has wiped it: how a test sees what is left of a secret.
    init(borrowing storage: UnsafeMutableBufferPointer<UInt8>) {
        self.storage = storage
        ownsStorage = false
    }

    /// - Throws: `CryptoError` when the generator cannot be seeded.
    package static func random(_ count: Int) throws(CryptoError) -> SecretBytes {
        try SecretBytes(count: count) { (span) throws(CryptoError) in try SecureRandom.fill(&span) }
    }

    deinit {
        OPENSSL_cleanse(storage.baseAddress, storage.count)
        if ownsStorage { storage.deallocate() }
    }

    package var count: Int { storage.count }

    /// Lends the octets for the duration of `body`.
    package func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage.span)
    }

    package var description: String { "SecretBytes(\(count) octets, redacted)" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}

import COpenSSL

/// The hash functions of FIPS 180-4 that the protocols above use; SHA-1 only where a protocol demands it.
package enum DigestAlgorithm: Sendable, CaseIterable {
    case sha1
    case sha256
    case sha384
    case sha512

    package var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    package static func digest(_ algorithm: DigestAlgorithm, _ bytes: Span<UInt8>) -> [UInt8] {
        let count = algorithm.byteCount
        return [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
            let done = bytes.withUnsafeBufferPointer { input in
                EVP_Digest(input.baseAddress, input.count, output.baseAddress, nil, algorithm.implementation, nil)
            }
            guard done == 1 else { fatalError("OpenSSL could not allocate a digest context") }
            initialized = count
        }
    }

    var name: String {
        switch self {
        case .sha1: "SHA1"
        case .sha256: "SHA256"
        case .sha384: "SHA384"
        case .sha512: "SHA512"
        }
    }

    var implementation: OpaquePointer {
        switch self {
        case .sha1: Self.sha1Implementation
        case .sha256: Self.sha256Implementation
        case .sha384: Self.sha384Implementation
        case .sha512: Self.sha512Implementation
        }
    }

    // An EVP_MD is immutable once fetched and these are never freed, so any thread may use them. Each is fetched
    // once: a fetch per digest costs more than the digest of a short message.
    nonisolated(unsafe) private static let sha1Implementation = fetch(.sha1)
    nonisolated(unsafe) private static let sha256Implementation = fetch(.sha256)
    nonisolated(unsafe) private static let sha384Implementation = fetch(.sha384)
    nonisolated(unsafe) private static let sha512Implementation = fetch(.sha512)

    private static func fetch(_ algorithm: DigestAlgorithm) -> OpaquePointer {
        // An OpenSSL without these functions is a broken installation; nothing a peer sends leads here.
        guard let implementation = EVP_MD_fetch(nil, algorithm.name, nil) else {
            fatalError("OpenSSL offers no \(algorithm.name); check the installation of libssl3 and its providers")
        }
        return implementation
    }
}

import ApusCrypto

/// The identifier of a shared secret that is computed from the secret (RFC 7638).
enum Thumbprint {
    /// Hashes the required members of the `oct` JWK in lexicographic order, without white space (RFC 7638 §3.2).
    static func ofSecret(_ secret: SecretBytes, _ digest: DigestAlgorithm = .sha256) -> String {
        let prefix: StaticString = #"{"k":""#
        let suffix: StaticString = #"","kty":"oct"}"#
        let symbolCount = Base64URL.encodedCount(secret.count)
        // The document spells out the secret, so it lives in memory that is wiped.
        let count = prefix.utf8CodeUnitCount + symbolCount + suffix.utf8CodeUnitCount
        let document = SecretBytes(count: count) { document in
            var position = 0
            func write(_ text: StaticString, _ document: inout MutableSpan<UInt8>) {
                text.withUTF8Buffer { letters in
                    for letter in letters {
                        document[position] = letter
                        position += 1
                    }
                }
            }
            write(prefix, &document)
            secret.withBytes { secret in
                Base64URL.encode(secret, into: &document, at: position)
                position += Base64URL.encodedCount(secret.count)
            }
            write(suffix, &document)
        }
        return document.withBytes { Base64URL.encode(DigestAlgorithm.digest(digest, $0)) }
    }
}

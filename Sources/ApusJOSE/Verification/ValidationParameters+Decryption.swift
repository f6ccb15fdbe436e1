extension ValidationParameters {
    /// A token that was signed and then encrypted (RFC 7519 §11.2), without its outer hull.
    struct Unsealed {
        let token: [UInt8]
        let outerHeader: JSONObject
    }

    /// Whether a text has the five segments of a JWE (RFC 7516 §7.1).
    static func isEncrypted(_ token: Span<UInt8>) -> Bool {
        var dots = 0
        for index in token.indices where token[index] == UInt8(ascii: ".") { dots += 1 }
        return dots == 4
    }

    /// Decrypts a token that holds a signed one.
    ///
    /// Decryption alone says nothing about the sender: under a public key anybody can encrypt (RFC 8725 §3.2). So what is within
    /// must be signed, whatever the key.
    func unseal(_ token: Span<UInt8>) throws(TokenError) -> Unsealed {
        guard !decryptionKeys.isEmpty else { throw .encryptionNotAccepted }
        let message: DecryptedMessage
        do {
            let encrypted = try EncryptedMessage(compact: token, maximumBytes: maximumTokenBytes)
            message = try encrypted.decrypt(with: decryptionKeys, understanding: [])
        } catch {
            throw TokenError(error)
        }
        // RFC 7519 §5.2: a nested token says so.
        guard message.protectedHeader["cty"]?.string?.lowercased() == "jwt", !Self.isEncrypted(message.plaintext.span)
        else { throw .notSigned }
        return Unsealed(token: message.plaintext, outerHeader: message.protectedHeader)
    }

    /// RFC 7519 §5.3: claims that stand in the outer header too must be the same there.
    func checkReplicas(_ outerHeader: JSONObject, of claims: Claims) throws(TokenError) {
        for name in [ClaimName.issuer, .subject, .audience] {
            if let replica = outerHeader[name.rawValue], replica != claims[name] {
                throw .claimMalformed(name.rawValue)
            }
        }
    }
}

extension TokenError {
    fileprivate init(_ error: JWEError) {
        self =
            switch error {
            case .tooLarge(let limit): .tooLarge(limit: limit)
            case .algorithmNotAllowed(let name): .algorithmNotAllowed(name)
            case .headerNotSupported(let name): .headerNotSupported(name)
            case .keyNotFound: .decryptionKeyNotFound
            case .decryptionFailed, .cryptographyUnavailable: .decryptionFailed
            case .malformed, .headerParameterInvalid, .headerReserved, .recipientsNotCompatible, .messageLimitReached:
                .malformed
            }
    }
}

import Testing

@testable import ApusCrypto

struct SignatureTests {
    private static let schemes: [(KeyKind, SignatureScheme, Int)] = [
        (.rsa(bits: 2_048), .rsaPKCS1(.sha256), 256), (.rsa(bits: 2_048), .rsaPKCS1(.sha512), 256),
        (.rsa(bits: 2_048), .rsaPSS(.sha256), 256), (.rsa(bits: 2_048), .rsaPSS(.sha512), 256),
        (.ec(.p256), .ecdsa(.sha256), 64), (.ec(.p384), .ecdsa(.sha384), 96), (.ec(.p521), .ecdsa(.sha512), 132),
        (.ec(.secp256k1), .ecdsa(.sha256), 64), (.ed25519, .edDSA, 64), (.ed448, .edDSA, 114),
    ]
    private let message = [UInt8]("header.payload".utf8)

    @Test(arguments: EdDSAVector.rfc8032)
    func `gives and accepts the signatures of RFC 8032 §7`(vector: EdDSAVector) throws {
        let key = try AsymmetricKey(okp: vector.components)
        let message = [UInt8](hex: vector.message)
        let signer = try Signer(key, .edDSA)
        let verifier = try Verifier(key, .edDSA)
        for _ in 0..<3 {
            #expect(try signer.signature(of: message).hexadecimal == vector.signature)
            #expect(verifier.accepts([UInt8](hex: vector.signature), for: message))
            #expect(!verifier.accepts([UInt8](hex: vector.signature), for: message + [0]))
        }
    }

    @Test(arguments: ECDSAVector.rfc6979)
    func `accepts the signatures of RFC 6979 §A.2`(vector: ECDSAVector) throws {
        let verifier = try Verifier(AsymmetricKey(ec: vector.components), .ecdsa(vector.digest))
        let signature = [UInt8](hex: vector.r + vector.s)
        #expect(verifier.accepts(signature, for: [UInt8]("sample".utf8)))
        #expect(!verifier.accepts(signature, for: [UInt8]("samplf".utf8)))
    }

    @Test(arguments: schemes)
    func `accepts its own signature, and neither a changed nor a cut one`(
        kind: KeyKind, scheme: SignatureScheme, count: Int
    ) throws {
        let key = try AsymmetricKey.generate(kind)
        let signature = try Signer(key, scheme).signature(of: message)
        let verifier = try Verifier(key.publicKey, scheme)
        #expect(signature.count == count && verifier.signatureByteCount == count)
        #expect(verifier.accepts(signature, for: message))
        for index in signature.indices {
            var forged = signature
            forged[index] ^= 1
            #expect(!verifier.accepts(forged, for: message))
            #expect(!verifier.accepts([UInt8](signature[..<index]), for: message))
        }
        #expect(!verifier.accepts(signature + [0], for: message))
        #expect(!verifier.accepts([0] + signature, for: message))
        #expect(!verifier.accepts([UInt8](repeating: 0, count: count), for: message))
        #expect(!verifier.accepts([UInt8](repeating: 0xFF, count: count), for: message))
        #expect(try !Verifier(.generate(kind), scheme).accepts(signature, for: message))
        #expect(verifier.accepts(signature, for: message))
    }

    /// CVE-2022-21449: r and s must be from 1 to n − 1.
    @Test(arguments: ECDSAVector.rfc6979)
    func `refuses an ECDSA signature with r or s of 0, n or more`(vector: ECDSAVector) throws {
        let verifier = try Verifier(AsymmetricKey(ec: vector.components), .ecdsa(vector.digest))
        let message = [UInt8]("sample".utf8)
        let r = [UInt8](hex: vector.r)
        let s = [UInt8](hex: vector.s)
        let order = [UInt8](hex: Self.orders[vector.curve, default: ""])
        let zero = [UInt8](repeating: 0, count: r.count)
        try #require(order.count == r.count)
        for bad in [zero, order, [UInt8](repeating: 0xFF, count: r.count)] {
            #expect(!verifier.accepts(bad + s, for: message))
            #expect(!verifier.accepts(r + bad, for: message))
            #expect(!verifier.accepts(bad + bad, for: message))
        }
        #expect(verifier.accepts(r + s, for: message))
    }

    // FIPS 186-4 §D.1.2.
    private static let orders: [EllipticCurve: String] = [
        .p256: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        .p384: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
            + "581a0db248b0a77aecec196accc52973",
        .p521: "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            + "fffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
    ]

    @Test func `agrees with openssl on RSA, both ways`() async throws {
        let openssl = try OpenSSLCommand()
        let key = try AsymmetricKey.generate(.rsa(bits: 2_048))
        try openssl.write(key.privateText(), to: "own.key")
        try openssl.write(key.publicPEM(), to: "own.pub")
        try openssl.write(message, to: "message")
        for (scheme, padding) in [
            (SignatureScheme.rsaPKCS1(.sha256), "rsa_padding_mode:pkcs1"), (.rsaPSS(.sha256), "rsa_padding_mode:pss"),
        ] {
            try openssl.write(Signer(key, scheme).signature(of: message), to: "own.sig")
            // Without a length of the salt openssl takes what it finds; this one demands the digest's.
            let salt = padding.hasSuffix("pss") ? "rsa_pss_saltlen:digest" : "rsa_padding_mode:pkcs1"
            let verdict = try await openssl.run(
                "dgst", "-sha256", "-verify", "own.pub", "-sigopt", padding, "-sigopt", salt, "-signature", "own.sig",
                "message")
            #expect(verdict == "Verified OK\n")
            try await openssl.run(
                "dgst", "-sha256", "-sign", "own.key", "-sigopt", padding, "-sigopt", salt, "-out", "their.sig",
                "message")
            let verifier = try Verifier(key, scheme)
            #expect(try verifier.accepts(openssl.octets("their.sig"), for: message))
        }
        try await openssl.run(
            "dgst", "-sha256", "-sign", "own.key", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:20",
            "-out", "short.sig", "message")
        #expect(try !Verifier(key, .rsaPSS(.sha256)).accepts(openssl.octets("short.sig"), for: message))
    }

    @Test func `refuses a key of another kind, and to sign with a public one`() throws {
        let keys = [
            try AsymmetricKey.generate(.rsa(bits: 2_048)), try .generate(.ec(.p256)), try .generate(.ed25519),
            try .generate(.x25519),
        ]
        let schemes: [[SignatureScheme]] = [[.rsaPKCS1(.sha256), .rsaPSS(.sha256)], [.ecdsa(.sha256)], [.edDSA], []]
        for (index, key) in keys.enumerated() {
            for (position, group) in schemes.enumerated() {
                for scheme in group where index != position {
                    #expect(throws: CryptoError.self) { try Signer(key, scheme) }
                    #expect(throws: CryptoError.self) { try Verifier(key, scheme) }
                }
                for scheme in group where index == position {
                    #expect(throws: CryptoError.self) { try Signer(key.publicKey, scheme) }
                }
            }
        }
    }

    @Test(arguments: [(KeyKind.ec(.p256), SignatureScheme.ecdsa(.sha256)), (.ed25519, .edDSA)])
    func `serves many tasks at once`(kind: KeyKind, scheme: SignatureScheme) async throws {
        let key = try AsymmetricKey.generate(kind)
        let signer = try Signer(key, scheme)
        let verifier = try Verifier(key, scheme)
        let valid = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<32 {
                group.addTask {
                    let message = [UInt8]("message \(number)".utf8)
                    return try (0..<20).count { _ in
                        let signature = try signer.signature(of: message)
                        return verifier.accepts(signature, for: message) && !verifier.accepts(signature, for: [1])
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(valid == 32 * 20)
    }
}

extension Signer {
    fileprivate func signature(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
        try sign(message.span)
    }
}

extension Verifier {
    fileprivate func accepts(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        isValid(signature.span, for: message.span)
    }
}

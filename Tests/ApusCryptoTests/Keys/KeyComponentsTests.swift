import Testing

@testable import ApusCrypto

struct KeyComponentsTests {
    @Test func `gives the numbers of an RSA key as openssl shows them, and takes them back`() async throws {
        let openssl = try OpenSSLCommand()
        try await openssl.makeKey(.rsa)
        try await openssl.run("pkey", "-in", "sample.key", "-traditional", "-outform", "DER", "-out", "key.der")
        let shown = try await openssl.run("asn1parse", "-inform", "DER", "-in", "key.der")
        let numbers = shown.matches(of: /INTEGER +:([0-9A-F]+)/).dropFirst().map { $0.1.lowercased() }
        let found = try AsymmetricKey(der: openssl.octets("key.der")).rsaComponents()
        let parts = try #require(found.privateParts)
        let all = [found.modulus, found.exponent] + parts.all.map(\.array)
        #expect(all.map(\.hexadecimal) == numbers)
        let again = try AsymmetricKey(rsa: found)
        #expect(again.isPrivate)
        #expect(try again.publicPEM() == openssl.text("sample.pub"))
        let publicOnly = try AsymmetricKey(rsa: RSAComponents(modulus: found.modulus, exponent: found.exponent))
        #expect(!publicOnly.isPrivate)
        #expect(publicOnly.hasSamePublicKey(as: again))
        #expect(try publicOnly.rsaComponents().privateParts == nil)
    }

    @Test func `refuses private numbers of RSA that are changed, exchanged or missing`() throws {
        let good = try AsymmetricKey.generate(.rsa(bits: 2_048)).rsaComponents()
        let other = try AsymmetricKey.generate(.rsa(bits: 2_048)).rsaComponents()
        let parts = try #require(good.privateParts)
        let strangers = try #require(other.privateParts)
        for index in 0..<6 {
            for (replacement, expected) in [
                (strangers.all[index], KeyMaterialError.privatePartMismatch),
                (SecretBytes(hex: "01"), .privatePartMismatch),
                (SecretBytes(hex: String(repeating: "ff", count: 4_096)), .privatePartMismatch),
                (SecretBytes(hex: ""), .privatePartMissing),
            ] {
                var all = parts.all
                all[index] = replacement
                let changed = RSAPrivateParts(d: all[0], p: all[1], q: all[2], dp: all[3], dq: all[4], qi: all[5])
                #expect(throws: expected) {
                    try AsymmetricKey(
                        rsa: RSAComponents(modulus: good.modulus, exponent: good.exponent, privateParts: changed))
                }
            }
        }
    }

    @Test(arguments: ECDSAVector.rfc6979)
    func `takes and gives the keys of RFC 6979 §A.2`(vector: ECDSAVector) throws {
        let components = vector.components
        let key = try AsymmetricKey(ec: components)
        let found = try key.ecComponents()
        #expect(found.curve == components.curve)
        #expect(found.x == components.x)
        #expect(found.y == components.y)
        #expect(found.d?.array == components.d?.array)
        #expect(try key.publicKey.ecComponents().d == nil)
    }

    @Test(arguments: ECDSAVector.rfc6979)
    func `refuses a private number of another EC key, 0, or too large`(vector: ECDSAVector) throws {
        let width = vector.curve.coordinateByteCount
        let stranger = try #require(try AsymmetricKey.generate(.ec(vector.curve)).ecComponents().d)
        for d in [
            stranger, SecretBytes(count: width) { (_) throws(Never) in },
            SecretBytes(hex: String(repeating: "ff", count: width)),
        ] {
            #expect(throws: KeyMaterialError.privatePartMismatch) {
                try AsymmetricKey(
                    ec: ECComponents(
                        curve: vector.curve, x: vector.components.x, y: vector.components.y, d: d))
            }
        }
    }

    @Test func `refuses coordinates of another width`() throws {
        let good = try #require(ECDSAVector.rfc6979.first).components
        for (x, y, found) in [
            (good.x + [0], good.y, 33), ([0] + good.x, good.y, 33), (good.x, [UInt8](good.y.dropFirst()), 31),
            ([], good.y, 0),
        ] {
            #expect(throws: KeyMaterialError.wrongLength(expected: 32, found: found)) {
                try AsymmetricKey(ec: ECComponents(curve: .p256, x: x, y: y))
            }
        }
    }

    @Test(arguments: EdDSAVector.rfc8032)
    func `takes and gives the keys of RFC 8032 §7`(vector: EdDSAVector) throws {
        let found = try AsymmetricKey(okp: vector.components).okpComponents()
        #expect(found.kind == vector.kind)
        #expect(found.x.hexadecimal == vector.publicKey)
        #expect(found.d?.array.hexadecimal == vector.secretKey)
    }

    @Test(arguments: [KeyKind.ed25519, .ed448, .x25519, .x448])
    func `refuses an octet key pair that is no pair, or of another width`(kind: KeyKind) throws {
        let one = try AsymmetricKey.generate(kind).okpComponents()
        let other = try AsymmetricKey.generate(kind).okpComponents()
        #expect(throws: KeyMaterialError.privatePartMismatch) {
            try AsymmetricKey(okp: OKPComponents(kind: kind, x: one.x, d: other.d))
        }
        #expect(throws: KeyMaterialError.wrongLength(expected: one.x.count, found: one.x.count + 1)) {
            try AsymmetricKey(okp: OKPComponents(kind: kind, x: one.x + [0]))
        }
        #expect(throws: KeyMaterialError.wrongLength(expected: one.x.count, found: 3)) {
            try AsymmetricKey(okp: OKPComponents(kind: kind, x: one.x, d: SecretBytes(hex: "010203")))
        }
    }

    @Test func `refuses to give the components of another kind`() throws {
        let key = try AsymmetricKey.generate(.ed25519)
        #expect(throws: KeyMaterialError.wrongKind(expected: "RSA", found: .ed25519)) { try key.rsaComponents() }
        #expect(throws: KeyMaterialError.wrongKind(expected: "EC", found: .ed25519)) { try key.ecComponents() }
        #expect(throws: KeyMaterialError.self) { try AsymmetricKey.generate(.ec(.p256)).okpComponents() }
    }
}

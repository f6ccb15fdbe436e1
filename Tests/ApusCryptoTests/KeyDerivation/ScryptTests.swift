import ApusCrypto
import Testing

@Suite struct ScryptTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let password: String
        let salt: String
        let logN: Int
        let blockSize: Int
        let parallelization: Int
        let key: String

        init(_ password: String, _ salt: String, _ logN: Int, _ blockSize: Int, _ parallelization: Int, _ key: String) {
            (self.password, self.salt, self.key) = (password, salt, key)
            (self.logN, self.blockSize, self.parallelization) = (logN, blockSize, parallelization)
        }

        var testDescription: String { "ln=\(logN),r=\(blockSize),p=\(parallelization)" }
    }

    /// RFC 7914 §12; the fourth takes 1 GiB of memory, which a test has no right to.
    static let vectors = [
        Vector(
            "", "", 4, 1, 1,
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d36"
                + "28cf35e20c38d18906"),
        Vector(
            "password", "NaCl", 10, 8, 16,
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee"
                + "6d8360cbdfa2cc0640"),
        Vector(
            "pleaseletmein", "SodiumChloride", 14, 8, 1,
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e"
                + "40dfcf017b45575887"),
    ]

    @Test(arguments: vectors)
    func `gives the keys of RFC 7914`(vector: Vector) throws {
        let parameters = try #require(
            Scrypt.Parameters(
                logN: vector.logN, blockSize: vector.blockSize, parallelization: vector.parallelization))
        let (password, salt) = ([UInt8](vector.password.utf8), [UInt8](vector.salt.utf8))
        let key = try Scrypt.derive(
            from: SecretBytes(copying: password.span), salt: salt.span, parameters, count: 64)
        #expect(key.array.hexadecimal == vector.key)
    }

    /// RFC 7914 §2: N is a power of 2 above 1 and below 2^(128 r / 8), and p is at most (2^32 − 1) · 32 / (128 r).
    @Test(arguments: [
        (0, 8, 1), (-1, 8, 1), (16, 1, 1), (33, 8, 1), (Int.max, 8, 1), (14, 0, 1), (14, -8, 1), (14, Int.max, 1),
        (14, 8, 0), (14, 8, -1), (14, 8, 1 << 27), (14, 8, Int.max),
    ])
    func `knows no parameters beyond those of RFC 7914`(logN: Int, blockSize: Int, parallelization: Int) {
        #expect(Scrypt.Parameters(logN: logN, blockSize: blockSize, parallelization: parallelization) == nil)
    }

    /// RFC 7914 §2: 128 N r octets, besides what one block and one pass take.
    @Test func `counts its memory`() throws {
        let parameters = try #require(Scrypt.Parameters(logN: 17, blockSize: 8, parallelization: 1))
        #expect(parameters.octets == 128 * 8 * (131_072 + 3))
    }
}

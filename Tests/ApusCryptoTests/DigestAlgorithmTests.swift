import ApusCrypto
import Testing

@Suite struct DigestAlgorithmTests {
    // FIPS 180-4's example message "abc", and the empty message.
    @Test(arguments: [
        (DigestAlgorithm.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (
            .sha384, "abc",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163" + "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        ),
        (
            .sha512, "abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
    ])
    func `agrees with FIPS 180-4`(algorithm: DigestAlgorithm, message: String, digest: String) {
        #expect([UInt8](message.utf8).digest(algorithm).hexadecimal == digest)
    }

    @Test(arguments: DigestAlgorithm.allCases)
    func `gives as many octets as it says`(algorithm: DigestAlgorithm) {
        #expect([1, 2, 3].digest(algorithm).count == algorithm.byteCount)
    }
}

import Foundation

@testable import ApusCrypto

// A span cannot be a part of an expectation, so the tests speak in arrays and strings.

extension AsymmetricKey {
    init(pem: String, passphrase: String? = nil) throws(KeyMaterialError) {
        let text = [UInt8](pem.utf8)
        try self.init(pem: text.span, passphrase: passphrase.map { SecretBytes($0) })
    }

    init(der: [UInt8], passphrase: String? = nil) throws(KeyMaterialError) {
        try self.init(der: der.span, passphrase: passphrase.map { SecretBytes($0) })
    }

    func seal(_ plaintext: [UInt8], _ digest: DigestAlgorithm) throws(CryptoError) -> [UInt8] {
        try encryptOAEP(plaintext.span, digest: digest)
    }

    func open(_ ciphertext: [UInt8], _ digest: DigestAlgorithm) throws(CryptoError) -> [UInt8] {
        try decryptOAEP(ciphertext.span, digest: digest).array
    }

    func privateText(passphrase: String? = nil) throws -> String {
        String(decoding: try privatePEM(passphrase: passphrase.map { SecretBytes($0) }).array, as: UTF8.self)
    }
}

extension Certificate {
    init(octets: [UInt8]) throws(KeyMaterialError) {
        try self.init(der: octets.span)
    }
}

extension SecretBytes {
    convenience init(_ text: String) {
        let octets = [UInt8](text.utf8)
        self.init(copying: octets.span)
    }

    convenience init(hex: String) {
        let octets = [UInt8](hex: hex)
        self.init(copying: octets.span)
    }
}

extension [UInt8] {
    /// Two digits per octet; anything else in the text gives fewer octets, and so a test that fails.
    init(hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        self = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

extension OpenSSLCommand {
    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }

    func octets(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    @discardableResult
    func write(_ octets: [UInt8], to name: String) throws -> String {
        try Data(octets).write(to: folder.appending(path: name))
        return path(name)
    }

    /// Makes a private key in PKCS#8 as `NAME.key`, and its public part as `NAME.pub`.
    func makeKey(_ sample: KeySample, name: String = "sample") async throws {
        if let option = sample.option {
            try await run("genpkey", "-algorithm", sample.algorithm, "-pkeyopt", option, "-out", "\(name).key")
        } else {
            try await run("genpkey", "-algorithm", sample.algorithm, "-out", "\(name).key")
        }
        try await run("pkey", "-in", "\(name).key", "-pubout", "-out", "\(name).pub")
    }
}

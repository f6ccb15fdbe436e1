@testable import ApusCrypto
@testable import ApusJOSE

extension Fuzzer {
    /// Keys and certificates in PEM and DER: what is taken can be written and is the same key again.
    ///
    /// An encrypted key gets its passphrase only where the file cannot say how long that takes to check.
    static let keyFile = Fuzzer(name: "pem") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        let passphrase = text.contains("DEK-Info") ? "opensesame" : nil
        if let key = try? JWK(pem: text, passphrase: passphrase) { try checkFiles(of: key) }
        if let key = try? JWK(der: octets) { try checkFiles(of: key) }
        for certificate in (try? Certificate.all(pem: text)) ?? [] { try check(certificate) }
        if let certificate = try? Certificate(der: octets.span) {
            try require(certificate.der == octets, "A certificate keeps the octets over which its thumbprint goes")
            try check(certificate)
        }
    }

    private static func check(_ certificate: Certificate) throws(Violation) {
        let der = certificate.der
        let again = try succeed("A certificate has a form in DER") { try Certificate(der: der.span) }
        try require(again.der == der, "What was written is the same certificate")
        let fromText = try succeed("A certificate has a form in PEM") { try Certificate(pem: certificate.pem) }
        try require(fromText.der == der, "What was written is the same certificate")
        try require(certificate.sha256Digest.count == 32 && certificate.sha1Digest.count == 20, "Digests are whole")
        _ = (certificate.notBefore, certificate.notAfter, certificate.sha256Fingerprint, certificate.isSelfSigned)
        for name in [certificate.subject, certificate.issuer] {
            try require(name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "A name is one line")
        }
        // RFC 5280 §4.1.2.2 forbids negative numbers, and says that there are some.
        let digits = certificate.serialNumber.utf8.drop { $0 == UInt8(ascii: "-") }
        try require(digits.count.isMultiple(of: 2), "A number is written in whole octets")
        for name in certificate.subjectAlternativeNames {
            let text =
                switch name {
                case .dns(let text), .email(let text), .uri(let text), .ipAddress(let text): text
                }
            try require(!text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "A name is printable")
        }
        for usage in certificate.extendedKeyUsages {
            try require(usage.identifier.utf8.allSatisfy { (0x2E...0x39).contains($0) }, "A usage has an identifier")
        }
        _ = try? certificate.publicKey()
    }
}

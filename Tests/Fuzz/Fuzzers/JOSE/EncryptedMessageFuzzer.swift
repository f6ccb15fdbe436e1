@testable import ApusJOSE

extension Fuzzer {
    /// Encrypted messages as they come, compact or as JSON: nothing decrypts that was not encrypted.
    static let encryptedMessage = Fuzzer(name: "jwe") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        let keys = try succeed("The keys are good") { try EncryptedExamples.keys.get() }
        if let message = try? JWE.decrypt(text, with: keys) {
            try require(EncryptedExamples.compact.contains(text), "Only a message that was encrypted decrypts")
            try check(message)
        }
        for isAllowing in [false, true] {
            let message = try? JWE.decrypt(
                json: text, with: keys, allowingUnprotectedAlgorithms: isAllowing, understanding: ["urn:example:x"])
            if let message { try check(message) }
        }
    }

    private static func check(_ message: DecryptedMessage) throws(Violation) {
        let text = String(decoding: message.plaintext, as: UTF8.self)
        try require(EncryptedExamples.plaintexts.contains(text), "Only content that was encrypted decrypts")
    }
}

/// What RFC 7516 appendix A encrypts.
private enum EncryptedExamples {
    static let plaintexts = [
        "Live long and prosper.", "The true sign of intelligence is not knowledge but imagination.",
    ]

    static let keys = Result {
        try [
            DecryptionKey(secret: EncryptionKeys.secret("GawgguFyGrWKav7AX4VKUg"), algorithm: .a128KW, kid: "7"),
            DecryptionKey(key: EncryptionKeys.asymmetric(EncryptionKeys.rsa), algorithm: .rsaOAEP, kid: "rsa"),
        ]
    }

    static let compact = [
        """
        eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ\
        .AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ
        """,
        """
        eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckCL9kiMT\
        03JGeipsEdY3mx_etLbbWSrFr05kLzcSr4qKAq7YN7e9jwQRb23nfa6c9d-StnImGyFDbSv04uVuxIp5Zms1gNxKKK2Da14B8S4rzVRltd\
        Ywam_lDp5XnZAYpQdb76FdIKLaVmqgfwX7XWRxv2322i-vDxRfqNzo_tETKzpVLzfiwQyeyPGLBIO56YJ7eObdv0je81860ppamavo35Ug\
        oRdbYaBcoh9QcfylQr66oc6vFWXRcZ_ZT2LawVCWTIy3brGPi6UklfCpIMfIjf7iGdXKHzg.48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ\
        3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A.XFBoMYUZodetZdvTiFvSkQ
        """,
    ]
}

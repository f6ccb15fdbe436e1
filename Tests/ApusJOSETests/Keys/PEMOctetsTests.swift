import Foundation
import Testing

@testable import ApusJOSE

/// PEM as octets, read without a string of them.
@Suite struct PEMOctetsTests {
    private func key(_ text: [UInt8]) throws(KeyError) -> JWK { try JWK(pem: text.span) }

    @Test func `reads what the same text as a string gives`() throws {
        let pem = try JWK.generate(.p256).pem(includingPrivateParts: true)
        #expect(try key([UInt8](pem.utf8)).thumbprint() == JWK(pem: pem).thumbprint())
    }

    // Octets outside ASCII may stand between the blocks (RFC 7468 §2), as comments in another encoding do.
    @Test func `takes comments that are no UTF-8`() throws {
        let pem = try JWK.generate(.ed25519).pem(includingPrivateParts: true)
        let text = [UInt8]("Schl".utf8) + [0xFC] + [UInt8]("ssel\n".utf8) + [UInt8](pem.utf8)
        #expect(try key(text).isPrivate)
    }

    @Test(arguments: [
        "", "\n", "-----BEGIN CERTIFICATE-----", "-----BEGIN PRIVATE KEY-----\nAAAA", "PRIVATE KEY-----",
        "-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n",
    ])
    func `refuses what is no key`(text: String) {
        #expect(throws: KeyError.self) { try key([UInt8](text.utf8)) }
    }

    @Test func `refuses a text beyond the limit`() {
        #expect(throws: KeyError.textTooLong(limit: 131_072)) { try key([UInt8](repeating: 0x20, count: 131_073)) }
    }
}

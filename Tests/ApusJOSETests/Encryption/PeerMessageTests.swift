import Testing

@testable import ApusJOSE

@Suite struct PeerMessageTests {
    @Test(arguments: PeerVectors.messages)
    func `decrypts what another implementation encrypted`(peer: PeerMessage) throws {
        let message = try JWE.decrypt(peer.text, with: [peer.decryptionKey()])
        #expect(message.text == EncryptionForge.plaintext)
        #expect(message.algorithm.rawValue == peer.algorithm)
        #expect(message.encryption.rawValue == peer.encryption)
    }

    @Test func `has met every algorithm and every encryption`() {
        #expect(Set(PeerVectors.messages.map(\.algorithm)) == Set(KeyManagementAlgorithm.allCases.map(\.rawValue)))
        #expect(Set(PeerVectors.messages.map(\.encryption)) == Set(ContentEncryption.allCases.map(\.rawValue)))
    }

    @Test(arguments: PeerVectors.messages)
    func `encrypts in the form that it decrypts, and never twice alike`(peer: PeerMessage) throws {
        let key = try peer.encryptionKey()
        let text = try JWE.encrypt([UInt8]("content".utf8), to: key, header: ["cty": "text/plain"])
        let message = try JWE.decrypt(text, with: [peer.decryptionKey()])
        #expect(message.text == "content")
        #expect(message.protectedHeader["alg"] == .string(peer.algorithm))
        #expect(message.protectedHeader["enc"] == .string(peer.encryption))
        #expect(message.protectedHeader["cty"] == "text/plain")
        let (own, theirs) = (text.split(separator: "."), peer.text.split(separator: "."))
        #expect(own.count == theirs.count)
        #expect(try JWE.encrypt([UInt8]("content".utf8), to: key, header: ["cty": "text/plain"]) != text)
    }

    @Test(arguments: PeerVectors.messages)
    func `says decryptionFailed for a change in any segment but the header, and in that too`(peer: PeerMessage) throws {
        let key = try peer.decryptionKey()
        let segments = peer.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        for position in 1..<5 where !segments[position].isEmpty {
            var octets = try Base64URL.decode(segments[position])
            octets[octets.count / 2] ^= 0x10
            let changed = peer.text.replacingSegment(position, with: Base64URL.encode(octets))
            #expect(throws: JWEError.decryptionFailed) { try JWE.decrypt(changed, with: [key]) }
        }
        let header = String(decoding: try Base64URL.decode(segments[0]), as: UTF8.self)
        let longer = header.replacing(#""alg""#, with: #""x":1,"alg""#, maxReplacements: 1)
        let changed = peer.text.replacingSegment(0, with: Base64URL.encode([UInt8](longer.utf8)))
        #expect(throws: JWEError.decryptionFailed) { try JWE.decrypt(changed, with: [key]) }
    }
}

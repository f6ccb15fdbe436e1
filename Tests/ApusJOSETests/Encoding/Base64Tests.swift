import ApusJOSE
import Foundation
import Testing

@Suite struct Base64Tests {
    // RFC 4648 §10, and RFC 7617 §2's user-id and password.
    @Test(arguments: [
        ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
        ("Zm9vYmFy", "foobar"), ("QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin:open sesame"),
    ])
    func `decodes the vectors of the RFCs`(text: String, decoded: String) throws {
        #expect(try Base64.decode(text) == [UInt8](decoded.utf8))
    }

    @Test func `decodes a slice of a larger array`() throws {
        let bytes = [UInt8]("Basic Zm9v".utf8)
        #expect(try Base64.decode(bytes[6...]) == [UInt8]("foo".utf8))
    }

    @Test func `agrees with Foundation on every length and octet`() throws {
        for count in 0...300 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ count) }
            #expect(try Base64.decode(Data(bytes).base64EncodedString()) == bytes)
        }
    }

    @Test(arguments: ["Zg", "Zg=", "Zm8", "Z", "Zm9v=", "Zm9vZg", "===", "="])
    func `demands padding to a multiple of four`(text: String) {
        #expect(throws: Base64.Error.invalidLength) { try Base64.decode(text) }
    }

    @Test(arguments: [
        "-v--", "A_z_", "Zm9 ", "Zm\n9", "Z=9v", "Zg==Zg==", "Z===", "====", "Zm9vé123", "Zm9v\0\0\0\0", "=Zm9",
    ])
    func `refuses the other alphabet, white space and misplaced padding`(text: String) {
        #expect(throws: Base64.Error.self) { try Base64.decode(text) }
    }

    @Test(arguments: ["Zh==", "Zm9=", "//==", "AAB="])
    func `refuses unused bits that are not zero`(text: String) {
        #expect(throws: Base64.Error.nonZeroTrailingBits) { try Base64.decode(text) }
    }
}

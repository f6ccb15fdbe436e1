import ApusJOSE
import Foundation
import Testing

/// Key files that lost their armour, or got a byte-order mark, on their way into the place of a secret.
@Suite struct BareKeyTextTests {
    // Made with `openssl genpkey` and `openssl pkey -pubout -outform DER | base64`.
    static let bodies = [
        // P-256
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7M0JXdTI/z63LLlCtbKUhOyq7LfbQFq0bH85Pu8mAcEI7oYBMKlckyPnMixVB2Mcb9rcT/1JVhSGgfyK/qDonw==",
        // P-521
        "MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQAcpkss6wI7PPlxj3t7A1RqMH3nvL4L5Tzxze_XeeYZnHqxiX-gle70DlGRMqqOq-PJ6RYX7vK0PJFdiAIXlyPQq0B3KaU86Ia4HaGRsPFofnDWbUsvhgAA5NFOh1vnV50d2ZoFNaymPpIUZgX4uK-5M3nsVYF5bpjVTqHXbGRTxvtxBo",
        // Ed25519 (RFC 8410 §10.1), and its private key (§10.3)
        "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
        "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
    ]

    @Test(arguments: bodies, ["", "\n", "\r\n"])
    func `refuses the body of a PEM file without its armour`(body: String, lineEnd: String) {
        var text = ""
        for (index, character) in body.enumerated() {
            if index > 0, index.isMultiple(of: 64) { text += lineEnd }
            text.append(character)
        }
        for text in [text, text + lineEnd, "  " + text, "\u{FEFF}" + text] {
            #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(passphrase: text) }
            #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(bytes: [UInt8](text.utf8)) }
        }
        let unpadded = text.filter { !$0.isWhitespace && $0 != "=" }
        let urlSafe = unpadded.replacing("+", with: "-").replacing("/", with: "_")
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(passphrase: urlSafe) }
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(base64URL: urlSafe) }
    }

    @Test(arguments: [
        "\u{FEFF}" + #"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4","e":"AQAB"}"#,
        "\u{FEFF}\n ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJbLhG0nJt8X user@host",
        "\u{FEFF}" + SecretInspectionTests.publicKeyPEM,
    ])
    func `a byte-order mark hides nothing`(text: String) {
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(passphrase: text) }
    }

    // One octet more or fewer, or another tag, and it is no key.
    @Test(arguments: [
        "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuEA",
        "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAx", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7M0JXdTI",
        "NCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
        "My secret begins with a capital letter, as sentences do",
        "\u{FEFF}a passphrase with a mark before it, odd enough",
    ])
    func `takes what only looks a little like a key`(text: String) {
        #expect(throws: Never.self) { try SigningKey.hmac(passphrase: text) }
    }

    @Test func `takes random secrets in Base64, also those that begin as a SEQUENCE does`() {
        for first in [UInt8(0x30), 0x31, 0x00] {
            for count in 32..<80 {
                for second in [UInt8(count - 2), 0x82, 0x81] {
                    var octets = (0..<count).map { _ in UInt8.random(in: 0x40...0xFF) }
                    octets[0] = first
                    octets[1] = second
                    let text = Data(octets).base64EncodedString()
                    #expect(throws: Never.self) { try SigningKey.hmac(passphrase: text) }
                }
            }
        }
    }
}

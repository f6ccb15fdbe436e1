import Apus
import Testing

@Suite struct PasswordHashTextTests {
    private static let salt = "AAECAwQFBgcICQoLDA0ODw"
    private static let key = "0kAJcZMDMoI6NHVug+mGyKwmdluLX9KqpubH8OLxecs"

    private static func text(_ cost: String, _ salt: String = salt, _ key: String = key) -> String {
        "$scrypt$\(cost)$\(salt)$\(key)"
    }

    static let malformed = [
        "", "$", "$scrypt", "$scrypt$", "$scrypt$ln=12,r=8,p=1$\(salt)", "scrypt$ln=12,r=8,p=1$\(salt)$\(key)",
        " " + text("ln=12,r=8,p=1"), text("ln=12,r=8,p=1") + " ", text("ln=12,r=8,p=1") + "\n",
        text("ln=12,r=8,p=1") + "$", text("v=1$ln=12,r=8,p=1"), String(repeating: "$", count: 1_000),
        // The parameters: all of them, once, in their order, in the shortest decimal form.
        text(""), text("ln=12"), text("ln=12,r=8"), text("r=8,ln=12,p=1"), text("ln=12,r=8,p=1,"),
        text("ln=12,r=8,p=1,p=1"),
        text("ln=12,r=8,p=1,x=1"), text("ln=12;r=8;p=1"), text("ln=012,r=8,p=1"), text("ln=+12,r=8,p=1"),
        text("ln=-12,r=8,p=1"), text("ln=0x0c,r=8,p=1"), text("ln= 12,r=8,p=1"), text("ln=,r=8,p=1"),
        text("LN=12,r=8,p=1"),
        text("ln=１２,r=8,p=1"), text("ln=12,r=8,p=1.0"),
        // Base64 without padding, white space, the alphabet of URLs, and bits that no encoder sets.
        text("ln=12,r=8,p=1", salt + "=="), text("ln=12,r=8,p=1", salt, key + "="),
        text("ln=12,r=8,p=1", "AAEC AwQFBgcICQoL"),
        text("ln=12,r=8,p=1", salt, "0kAJcZMDMoI6NHVug-mGyKwmdluLX9KqpubH8OLxecs"),
        text("ln=12,r=8,p=1", salt, "_kAJcZMDMoI6NHVug+mGyKwmdluLX9KqpubH8OLxecs"),
        text("ln=12,r=8,p=1", "AAECAwQFBgcICQoLDA0ODx"), text("ln=12,r=8,p=1", "AAECAwQFBgcIC"),
        text("ln=12,r=8,p=1", "é234567890"),
    ]

    @Test(arguments: malformed)
    func `takes no other spelling`(text: String) {
        #expect(throws: PasswordHash.TextError.malformed) { try PasswordHash(text) }
    }

    @Test(arguments: [
        "$2b$12$abc", "$argon2id$v=19$m=65536,t=3,p=4$\(salt)$\(key)", "$SCRYPT$ln=12,r=8,p=1$\(salt)$\(key)",
    ])
    func `knows no other function`(text: String) {
        #expect(throws: PasswordHash.TextError.unknownFunction) { try PasswordHash(text) }
    }

    @Test(arguments: [
        // 512 MiB, then as much by a large block, then far more than there is.
        "ln=19,r=8,p=1", "ln=12,r=1024,p=1", "ln=40,r=8,p=1", "ln=63,r=8,p=1", "ln=99999999999999999999,r=8,p=1",
        // Too many passes.
        "ln=17,r=8,p=9", "ln=17,r=8,p=1073741823", "ln=17,r=8,p=99999999999999999999", "ln=1,r=8,p=524289",
        // What scrypt does not allow.
        "ln=0,r=8,p=1", "ln=12,r=0,p=1", "ln=12,r=8,p=0", "ln=16,r=1,p=1", "ln=12,r=4611686018427387904,p=1",
    ])
    func `a hash cannot ask for more than the limits`(cost: String) {
        #expect(throws: PasswordHash.TextError.costOutOfBounds) { try PasswordHash(Self.text(cost)) }
    }

    /// Up to the limits, and OWASP's five recommendations.
    @Test(arguments: [
        "ln=18,r=8,p=1", "ln=17,r=8,p=8", "ln=17,r=8,p=1", "ln=16,r=8,p=2", "ln=15,r=8,p=3", "ln=14,r=8,p=5",
        "ln=13,r=8,p=10",
        "ln=1,r=1,p=1",
    ])
    func `reads and writes the same text`(cost: String) throws {
        let hash = try PasswordHash(Self.text(cost))
        #expect(hash.text == Self.text(cost) && hash.cost.description == cost)
    }

    @Test(arguments: [
        (String(repeating: "A", count: 10), key), ("", key), (String(repeating: "A", count: 87), key), (salt, ""),
        (salt, String(repeating: "A", count: 20)), (salt, String(repeating: "A", count: 87)),
    ])
    func `salt and hash have bounds`(salt: String, key: String) {
        #expect(throws: PasswordHash.TextError.lengthOutOfBounds) {
            try PasswordHash(Self.text("ln=12,r=8,p=1", salt, key))
        }
    }

    @Test(arguments: malformed)
    func `an error does not show the text`(text: String) {
        let error = #expect(throws: PasswordHash.TextError.self) { try PasswordHash(text) }
        #expect(error.map { !"\($0)".contains(Self.key) } == true)
    }
}

import FoundationEssentials
import Testing

@testable import ApusJOSE

/// Files that are broken, too many, too large or open to others, and what a crash leaves.
@Suite struct KeyDirectoryFaultTests {
    private let clock = HandClock()
    private let directory: TemporaryDirectory
    private let events = CollectedEvents()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open(allowsFilesOpenToOthers: Bool = false) throws -> KeyStore {
        try KeyStore(
            directory: directory.path, algorithm: .hs512, allowsFilesOpenToOthers: allowsFilesOpenToOthers,
            clock: clock.read, onEvent: events.collect)
    }

    private func kid(_ keys: KeyStore) throws -> String {
        try #require(keys.keySet.signingKey(at: clock.now)).kid
    }

    private static func jwk(_ kid: String, from seconds: Double? = nil, extra: String = "") -> String {
        let dates = seconds.map { #","apus":{"activeFrom":\#(Forge.now + $0),"note":"kept"}"# } ?? ""
        // The key of RFC 7515 A.1.1.
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
        return #"{"kty":"oct","kid":"\#(kid)","alg":"HS256","k":"\#(secret)"\#(extra)\#(dates)}"#
    }

    // What a process leaves that ends between writing the new file and renaming it.
    @Test func `a crash before the rename leaves the old file, and the rest is cleared away`() async throws {
        let keys = try open()
        let first = try kid(keys)
        let whole = try directory.text(first + ".jwk.json")
        try directory.write(String(whole.prefix(20)), to: ".new-3w5e11264sgsf")
        try await keys.reload()
        #expect(try kid(open()) == first)
        try await keys.rotate()
        #expect(!directory.names.contains { $0.hasPrefix(".new-") })
    }

    @Test(arguments: [
        "", "{", "[]", "not JSON", #"{"kty":"oct"}"#, #"{"kty":"oct","k":"c2hvcnQ"}"#,
        jwk("a", extra: #","apus":1"#), jwk("a", extra: #","apus":{"activeFrom":"soon"}"#), jwk("a") + jwk("a"),
        "\u{FEFF}" + jwk("a"), String(jwk("a").dropLast(9)),
    ])
    func `a file that cannot be used leaves the last good keys, and is reported once`(text: String) async throws {
        let keys = try open()
        let first = try kid(keys)
        try directory.write(text, to: "bad.jwk.json")
        await #expect(throws: KeyStoreError.self) { try await keys.reload() }
        #expect(try kid(keys) == first && keys.keySet.keys.count == 1)
        #expect(throws: KeyStoreError.self) { try open() }
        for _ in 0..<3 { try await keys.watch(sleep: clock.sleep(until: clock.now)) }
        #expect(events.failures == 1)
        try directory.remove("bad.jwk.json")
        try directory.write(Self.jwk("a", from: 0), to: "good.jwk.json")
        try await keys.watch(sleep: clock.sleep(until: clock.now))
        #expect(keys.keySet.storedKey(for: "a") != nil)
        #expect(events.failures == 1)
    }

    @Test func `a changed secret under the same name is taken over`() async throws {
        try directory.write(Self.jwk("a", from: 0), to: "a.jwk.json")
        let keys = try open()
        try directory.write(Self.jwk("b", from: 0), to: "a.jwk.json")
        try await keys.watch(sleep: clock.sleep(until: clock.now))
        #expect(keys.keySet.keys.map(\.kid) == ["b"])
    }

    @Test func `refuses a file larger than 64 KB`() throws {
        try directory.write(
            Self.jwk("a", extra: #","x":"\#(String(repeating: "x", count: 65_536))""#), to: "a.jwk.json")
        #expect(throws: KeyStoreError.fileTooLarge("a.jwk.json", limit: 65_536)) { try open() }
    }

    @Test func `refuses more than 100 keys`() throws {
        for number in 0...100 { try directory.write(Self.jwk("\(number)", from: 0), to: "\(number).jwk.json") }
        #expect(throws: KeyStoreError.tooManyKeys(limit: 100)) { try open() }
        try directory.remove("0.jwk.json")
        #expect(try open().keySet.keys.count == 100)
    }

    @Test func `refuses two files with one identifier`() throws {
        try directory.write(Self.jwk("a", from: 0), to: "1.jwk.json")
        try directory.write(Self.jwk("a", from: 0), to: "2.jwk.json")
        #expect {
            try open()
        } throws: { error in
            "\(error)".contains("'2.jwk.json'") && "\(error)".contains("'1.jwk.json'")
        }
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o660, 0o666])
    func `refuses a secret that others can use, unless told otherwise`(mode: Int) throws {
        try directory.write(Self.jwk("a", from: 0), to: "a.jwk.json", mode: mode)
        #expect(throws: KeyStoreError.fileOpenToOthers("a.jwk.json", mode: String(mode, radix: 8))) { try open() }
        #expect(try open(allowsFilesOpenToOthers: true).keySet.keys.count == 1)
    }

    @Test func `refuses a directory into which others can write`() throws {
        try directory.setMode(0o770, of: "")
        #expect(throws: KeyStoreError.self) { try open() }
        try directory.setMode(0o700, of: "")
    }

    @Test func `ignores files of other names`() throws {
        for name in ["README", "a.json", "b.jwk.json~", ".hidden.jwk.json", "c.pem.bak"] {
            try directory.write("nothing", to: name, mode: 0o644)
        }
        #expect(try open().keySet.keys.count == 1)
    }

    @Test func `a public key may be open to others`() throws {
        let jwk = try #require(try SigningKey.generated(.es256, kid: "p").verificationKey.publicJWK)
        try directory.write(jwk.json(), to: "p.jwk.json", mode: 0o644)
        #expect(try open().keySet.keys.map(\.kid) == ["p"])
        #expect(try open().keySet.signingKey(at: .distantFuture) == nil)
    }

    @Test(arguments: ["../../etc/passwd", "", "a/b", ".", "é", String(repeating: "k", count: 129)])
    func `no identifier leads a file out of the directory`(kid: String) {
        let name = KeyFile.name(forKid: kid)
        #expect(name.hasPrefix("kid=") && name.utf8.count < 64 && !name.contains("/") && KeyFile.isKey(name))
    }

    @Test func `shows no secret in an error`() throws {
        try directory.write(Self.jwk("a", extra: #","apus":1"#), to: "a.jwk.json")
        #expect {
            try open()
        } throws: { error in
            !"\(error)".contains("AyM1SysP") && "\(error)".contains("'apus'")
        }
    }

    // A person may put a file into the directory while the store writes another one.
    @Test func `what changed during a change is seen at the next look`() throws {
        var files = KeyDirectory(directory.path, allowsFilesOpenToOthers: false, maximumRevocations: 10)
        let before = try files.open(at: clock.now, algorithm: .hs256)
        #expect(try files.load().keys.count == 1)
        #expect(try !files.hasChanged())
        var after = before
        after.revocations.revoke(tokenID: "a", until: .distantFuture)
        try files.save(after, replacing: before)
        #expect(try !files.hasChanged())
        try directory.write(Self.jwk("theirs", from: 0), to: "theirs.jwk.json")
        after.revocations.revoke(tokenID: "b", until: .distantFuture)
        try files.save(after, replacing: before)
        #expect(try files.hasChanged())
        #expect(try files.load().keys.count == 2)
    }

    @Test func `a directory that cannot be listed is reported once, and what was read stays`() async throws {
        let keys = try open()
        let first = try kid(keys)
        try FileManager.default.moveItem(atPath: directory.path, toPath: directory.path + "-away")
        for _ in 0..<3 { try await keys.watch(sleep: clock.sleep(until: clock.now)) }
        #expect(events.failures == 1)
        #expect(try kid(keys) == first)
        try FileManager.default.moveItem(atPath: directory.path + "-away", toPath: directory.path)
        try await keys.reload()
        #expect(try kid(keys) == first)
    }
}

import Foundation
import Testing

/// Keys under a passphrase, made by `openssl`, with the passphrase where the sample takes it from.
@Suite struct EncryptedFileTests {
    private static let passphrase = "entrap o'peter"

    /// Makes the file `key`, encrypted, and `public.pem` beside it.
    private static func make(_ form: String, with tool: ToolCommand) async throws {
        let password = "pass:\(passphrase)"
        switch form {
        case "PKCS#8 in PEM":
            try await tool.openssl("genpkey", "-algorithm", "ED25519", "-aes-256-cbc", "-pass", password, "-out", "key")
        case "RSA in PEM":
            try await tool.openssl("genrsa", "-aes256", "-traditional", "-passout", password, "-out", "key", "2048")
        case "SEC 1 in PEM":
            try await tool.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "plain")
            try await tool.openssl("ec", "-in", "plain", "-aes256", "-passout", password, "-out", "key")
        default:
            try await tool.openssl(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-noenc", "-keyout", "plain",
                "-out", "certificate", "-subj", "/CN=me", "-days", "1")
            try await tool.openssl(
                "pkcs12", "-export", "-inkey", "plain", "-in", "certificate", "-passout", password, "-out", "key")
            try await tool.openssl("pkey", "-in", "plain", "-pubout", "-out", "public.pem")
            return
        }
        try await tool.openssl("pkey", "-in", "key", "-passin", password, "-pubout", "-out", "public.pem")
    }

    @Test(arguments: ["PKCS#8 in PEM", "RSA in PEM", "SEC 1 in PEM", "PKCS#12"])
    func `opens with its passphrase and signs`(form: String) async throws {
        let tool = try ToolCommand()
        try await Self.make(form, with: tool)
        let thumbprint = try await tool.run(["thumbprint", "--key", "key"], passphrase: Self.passphrase)
        #expect(thumbprint.status == 0, "\(thumbprint.errors)")
        let expected = try await tool.run(["thumbprint", "--key", "public.pem"])
        #expect(expected.status == 0 && thumbprint.output == expected.output)

        let issued = try await tool.run(["issue", "--key", "key", "--iss", "me"], passphrase: Self.passphrase)
        #expect(issued.status == 0, "\(issued.errors)")
        let token = issued.output.trimmingCharacters(in: .newlines)
        let verified = try await tool.run(["verify", "--key", "public.pem", "--iss", "me", token])
        #expect(verified.status == 0 && verified.output.hasPrefix("valid\n"), "\(verified.errors)")
    }

    @Test(arguments: ["PKCS#8 in PEM", "RSA in PEM", "SEC 1 in PEM", "PKCS#12"])
    func `stays closed to a wrong passphrase`(form: String) async throws {
        let tool = try ToolCommand()
        try await Self.make(form, with: tool)
        for wrong in ["entrap o'Peter", "", Self.passphrase + "!"] {
            for command in [["thumbprint"], ["issue", "--iss", "me"], ["jwks"]] {
                let file = command == ["jwks"] ? ["key"] : ["--key", "key"]
                let result = try await tool.run(command + file, passphrase: wrong)
                #expect(result.status == 1 && result.output.isEmpty)
                #expect(result.errors.contains("The passphrase does not open the key"), "\(result.errors)")
                #expect(!result.errors.contains("entrap"))
            }
        }
    }

    @Test(arguments: ["PKCS#8 in PEM", "RSA in PEM", "SEC 1 in PEM"])
    func `asks for the passphrase where none was given`(form: String) async throws {
        let tool = try ToolCommand()
        try await Self.make(form, with: tool)
        let result = try await tool.run(["issue", "--key", "key"])
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.errors.contains("The key is encrypted; give the passphrase"), "\(result.errors)")
    }
}

import ApusJOSE
import Foundation

/// A command line for keys and tokens: makes, shows, checks and explains them.
@main struct TokenTool {
    static let usage = """
        TokenTool keygen KIND [--kid ID] [--pem]     makes a key: rsa2048 rsa3072 rsa4096 p256 p384 p521 secp256k1
                                                     ed25519 ed448 x25519 x448 secret32 secret48 secret64
        TokenTool issue --key FILE [--alg ALG] [--iss ISSUER] [--aud NAME]... [--sub SUBJECT]
                        [--lifetime SECONDS] [--claim NAME=JSON]...
        TokenTool inspect TOKEN                      shows what a token says, and verifies nothing
        TokenTool verify --key FILE [--decrypt FILE] [--iss ISSUER]... [--aud NAME]... [--typ TYPE] TOKEN
        TokenTool thumbprint --key FILE [--hash sha-256|sha-384|sha-512]
        TokenTool jwks FILE...                       the public parts, as /.well-known/jwks.json has them

        FILE is a JWK, a JWK Set, PEM, DER or PKCS#12, and TOKEN a token; '-' is standard input. The passphrase of an
        encrypted FILE is taken from the variable TOKENTOOL_PASSPHRASE.
        """

    static func main() async {
        do {
            print(try await run(Array(CommandLine.arguments.dropFirst())))
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(error is UsageError ? 2 : 1)
        }
    }

    /// What a command prints.
    static func run(_ arguments: [String]) async throws -> String {
        guard let command = arguments.first, !["help", "--help", "-h"].contains(command) else { return usage }
        var rest = Arguments(Array(arguments.dropFirst()))
        switch command {
        case "keygen": return try keygen(&rest)
        case "issue": return try await issue(&rest)
        case "inspect": return try inspect(&rest)
        case "verify": return try verify(&rest)
        case "thumbprint": return try thumbprint(&rest)
        case "jwks": return try jwks(&rest)
        default: throw UsageError("There is no command '\(command)'.")
        }
    }
}

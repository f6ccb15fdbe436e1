import ApusJOSE
import Glibc

/// Signs, verifies, encrypts and decrypts for other libraries' tests: one JSON object a line in, one out.
///
/// `interop.py` starts it and asks, for example `{"do":"sign","alg":"ES256","key":{…},"payload":"aGVsbG8"}`.
@main struct InteropPeer {
    static func main() {
        while let line = readLine() {
            var answer: JSONObject
            do {
                answer = ["result": .string(try perform(try JSONValue.parse(line)))]
            } catch {
                answer = ["error": .string("\(error)")]
            }
            print(JSONValue.object(answer))
            fflush(nil)
        }
    }

    private static func perform(_ request: JSONValue) throws -> String {
        guard let key = request["key"]?.object else { throw Mistake(description: "no key") }
        let jwk = try JWK(key)
        switch request["do"]?.string {
        case "sign":
            let payload = try octets(request, "payload")
            return try JWS.sign(payload, with: SigningKey(jwk, algorithm: try algorithm(request)))
        case "verify":
            let text = try text(request, "message")
            let verified = try JWS.verify(text, with: [VerificationKey(jwk, algorithm: try algorithm(request))])
            return Base64URL.encode(verified.payload)
        case "encrypt":
            let payload = try octets(request, "payload")
            let (management, encryption) = try algorithms(request)
            if let password = request["password"]?.string {
                return try JWE.encrypt(
                    payload, to: EncryptionKey(password: password, algorithm: management, encryption: encryption))
            }
            return try JWE.encrypt(
                payload, to: EncryptionKey(jwk, algorithm: management, encryption: encryption))
        case "decrypt":
            let text = try text(request, "message")
            let (management, encryption) = try algorithms(request)
            if let password = request["password"]?.string {
                let key = try DecryptionKey(password: password, algorithm: management, encryptions: [encryption])
                return Base64URL.encode(try JWE.decrypt(text, with: [key]).plaintext)
            }
            let key = try DecryptionKey(jwk, algorithm: management, encryptions: [encryption])
            return Base64URL.encode(try JWE.decrypt(text, with: [key]).plaintext)
        case "thumbprint":
            return jwk.thumbprint()
        case "public":
            return try jwk.json()
        default: throw Mistake(description: "nothing to do")
        }
    }

    private static func text(_ request: JSONValue, _ name: String) throws -> String {
        guard let text = request[name]?.string else { throw Mistake(description: "no \(name)") }
        return text
    }

    private static func octets(_ request: JSONValue, _ name: String) throws -> [UInt8] {
        try Base64URL.decode(try text(request, name))
    }

    private static func algorithm(_ request: JSONValue) throws -> SignatureAlgorithm {
        guard let algorithm = SignatureAlgorithm(rawValue: try text(request, "alg")) else {
            throw Mistake(description: "no such algorithm")
        }
        return algorithm
    }

    private static func algorithms(_ request: JSONValue) throws -> (KeyManagementAlgorithm, ContentEncryption) {
        guard let management = KeyManagementAlgorithm(rawValue: try text(request, "alg")),
            let encryption = ContentEncryption(rawValue: try text(request, "enc"))
        else { throw Mistake(description: "no such algorithm") }
        return (management, encryption)
    }
}

/// A request that the peer does not understand.
private struct Mistake: Error, CustomStringConvertible {
    let description: String
}

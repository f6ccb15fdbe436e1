@testable import ApusJOSE

extension Fuzzer {
    /// Keys as JSON: what is taken can be written in every form and is the same key again, and shows nothing private unasked.
    static let jwk = Fuzzer(name: "jwk") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        let set = try? JWKSet(json: text)
        try require((set?.keys.count ?? 0) <= JWKSet.maximumCount, "The limit of keys holds")
        guard let key = try? JWK(json: text) else { return }
        try checkType(text)
        try checkObjects(key)
        try checkFiles(of: key)
        try checkSignatures(key)
        let single = try succeed("A key is a member of a set") { try JWKSet(json: #"{"keys":[\#(text)]}"#) }
        try require(single.keys.count == 1 && single.keys[0].isSame(as: key), "A key reads the same in a set")
    }

    /// RFC 7517 §4.1: names of types are compared octet by octet.
    private static func checkType(_ text: String) throws(Violation) {
        let members = try succeed("A key is an object") { try JSONValue.parse(text) }.object ?? JSONObject()
        let isKnown = ["RSA", "EC", "OKP", "oct"].contains { type in
            members["kty"]?.string?.utf8.elementsEqual(type.utf8) == true
        }
        try require(isKnown, "The type is one of four")
    }

    private static func checkObjects(_ key: JWK) throws(Violation) {
        let text = try succeed("A key can be written") { try key.json(includingPrivateParts: true) }
        let again = try succeed("What was written can be read") { try JWK(json: text) }
        try require(again.isSame(as: key), "What was written is the same key: \(again), \(key)")
        let second = try succeed("A key can be written") { try again.json(includingPrivateParts: true) }
        try require(second == text, "What was read is written in the same way again")

        guard let publicKey = key.publicJWK else {
            guard case .secret = key.kind else { throw Violation("Only a secret has no public part") }
            try require((try? key.json()) == nil, "A secret is not written unasked")
            return
        }
        let shown = try succeed("A public key can be written") { try key.object() }
        let secrets: Set = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]
        try require(secrets.isDisjoint(with: shown.names), "Nothing private is written unasked")
        let readAgain = try succeed("A public key can be read") { try JWK(shown) }
        try require(readAgain.isSame(as: publicKey), "What was written is the same key: \(readAgain), \(publicKey)")
        try require(
            !publicKey.isPrivate && publicKey.thumbprint() == key.thumbprint(), "Both parts have one thumbprint")
    }

    private static func checkSignatures(_ key: JWK) throws(Violation) {
        guard let signer = try? SigningKey(key) else { return }
        let (input, otherInput) = (Array("to be signed".utf8), Array("to be Signed".utf8))
        let signature = try succeed("A key that signs signs") { try signer.signature(for: input.span) }
        try require(signature.count == signer.signatureCount, "A signature has its length")
        var verifiers = [signer.verificationKey]
        if let publicKey = key.publicJWK {
            verifiers.append(try succeed("The public part verifies") { try VerificationKey(publicKey) })
        }
        for verifier in verifiers {
            try require(
                verifier.isValid(signature.span, for: input.span, algorithm: signer.algorithm), "A signature is valid")
            try require(
                !verifier.isValid(signature.span, for: otherInput.span, algorithm: signer.algorithm),
                "A signature is for its input alone")
        }
    }

    /// PEM and DER of the key lead back to it.
    static func checkFiles(of key: JWK) throws(Violation) {
        if case .secret = key.kind {
            try require((try? key.pem(includingPrivateParts: true)) == nil, "A secret has no form in PEM")
            return
        }
        for isPrivate in key.isPrivate ? [false, true] : [false] {
            let pem = try succeed("A key has a form in PEM") { try key.pem(includingPrivateParts: isPrivate) }
            let der = try succeed("A key has a form in DER") { try key.der(includingPrivateParts: isPrivate) }
            for again in [
                try succeed("PEM can be read") { try JWK(pem: pem) },
                try succeed("DER can be read") { try JWK(der: der) },
            ] {
                try require(
                    again.kind == key.kind && again.isPrivate == isPrivate && again.thumbprint() == key.thumbprint(),
                    "What was written is the same key: \(again), \(key)")
            }
        }
    }
}

extension JWK {
    /// Whether both are one key and say the same about it.
    func isSame(as other: JWK) -> Bool {
        let texts = zip([kid, algorithm], [other.kid, other.algorithm])
        return kind == other.kind && isPrivate == other.isPrivate && thumbprint() == other.thumbprint()
            && texts.allSatisfy { $0.map { Array($0.utf8) } == $1.map { Array($0.utf8) } }
            && use == other.use && operations == other.operations && certificateChain == other.certificateChain
    }
}

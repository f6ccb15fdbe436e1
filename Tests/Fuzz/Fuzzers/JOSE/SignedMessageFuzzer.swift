@testable import ApusJOSE

extension Fuzzer {
    /// Signed messages as they come, compact or as JSON: nothing is believed that was not signed.
    static let signedMessage = Fuzzer(name: "jws") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        let keys = try succeed("The keys are good") { try SignedExamples.keys.get() }
        if let message = try? JWS.verify(text, with: keys) {
            try require(SignedExamples.compact.contains(text), "Only a message that was signed is believed")
            try check(message)
        }
        if let message = try? JWS.verify(text, with: keys, detachedPayload: SignedExamples.claims) {
            try require(message.payload == SignedExamples.claims, "The payload is the one that was given")
        }
        for requirement in [JWS.Requirement.any, .all] {
            let message = try? JWS.verify(
                json: text, with: keys, requiring: requirement, understanding: ["urn:example:x"],
                allowingUnprotectedAlgorithms: true)
            if let message { try check(message) }
        }
    }

    private static func check(_ message: VerifiedMessage) throws(Violation) {
        try require(SignedExamples.payloads.contains(message.payload), "Only a payload that was signed is believed")
        for signature in message.signatures {
            let header = JSONValue.object(signature.header.members).description
            try require(SignedExamples.headers.contains(header), "Only a header that was signed is believed: \(header)")
        }
    }
}

/// What RFC 7515 appendix A, RFC 7797 §4.2 and RFC 8037 appendix A.4 sign.
private enum SignedExamples {
    static let claims = Array("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}".utf8)
    static let payloads = [claims, Array("Example of Ed25519 signing".utf8), Array("$.02".utf8)]
    static let headers = [
        #"{"typ":"JWT","alg":"HS256"}"#, #"{"alg":"RS256"}"#, #"{"alg":"ES256"}"#, #"{"alg":"EdDSA"}"#,
        #"{"alg":"HS256","b64":false,"crit":["b64"]}"#,
    ]

    static let keys = Result {
        try [
            VerificationKey(JWK(json: secret), algorithm: .hs256, kid: "secret"),
            VerificationKey(JWK(json: rsa), algorithm: .rs256, kid: "2010-12-29"),
            VerificationKey(JWK(json: curve), kid: "e9bc097a-ce51-4036-9562-d2ade882db0d"),
            VerificationKey(JWK(json: edwards), kid: "edwards"),
        ]
    }

    static let compact = [
        """
        eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxl\
        LmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
        """,
        """
        eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0\
        cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJ\
        dbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcO\
        Ln6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB\
        p0igcN_IoypGlUPQGe77Rw
        """,
        """
        eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0\
        cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q
        """,
        """
        eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR\
        4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg
        """,
    ]

    private static let secret = #"""
        {"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}
        """#
    private static let rsa = #"""
        {"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d\#
        4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-\#
        UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91k\#
        zk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}
        """#
    private static let curve = #"""
        {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\#
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
        """#
    private static let edwards = #"""
        {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
        """#
}

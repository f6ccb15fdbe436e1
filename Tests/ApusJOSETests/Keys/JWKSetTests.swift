import Testing

@testable import ApusJOSE

/// RFC 7517 §5.
@Suite struct JWKSetTests {
    private func set(_ keys: String...) -> String {
        #"{"keys":[\#(keys.joined(separator: ","))]}"#
    }

    @Test func `reads the set of RFC 7517 appendix A1`() throws {
        let keys = try JWKSet(json: set(RFCKeys.ecPublic, RFCKeys.rsaPublic))
        #expect(keys.keys.map(\.kid) == ["1", "2011-04-29"])
        #expect(keys.ignored.isEmpty)
        #expect(keys.key(for: "2011-04-29")?.kind == .rsa(bits: 2_048))
        #expect(keys.key(for: "2") == nil)
        #expect(keys.verificationKeys.map(\.kid) == ["2011-04-29"])
    }

    @Test func `leaves out the keys that it cannot use and says why`() throws {
        let keys = try JWKSet(
            json: set(
                #"{"kty":"PQC","kid":"new"}"#, RFCKeys.ecPublic, #"{"kty":"EC","crv":"P-192","x":"","y":""}"#, "5",
                #"{"kty":"RSA"}"#))
        #expect(keys.keys.map(\.kid) == ["1"])
        #expect(keys.ignored.map(\.position) == [0, 2, 3, 4])
        #expect(keys.ignored[0].error == .keyTypeNotSupported("PQC"))
        #expect(keys.ignored[1].error == .curveNotSupported("P-192"))
        #expect(keys.ignored[3].error == .memberMissing("n"))
    }

    @Test func `writes public parts only`() throws {
        let keys = try JWKSet(json: set(RFCKeys.ecPrivate, RFCKeys.macSecret, RFCKeys.rsaPrivate))
        let text = keys.json()
        #expect(try JSONValue.parse(text) == JSONValue.parse(set(RFCKeys.ecPublic, RFCKeys.rsaPublic)))
    }

    @Test func `refuses an identifier twice`() throws {
        #expect(throws: KeyError.kidTaken("1")) { try JWKSet(json: set(RFCKeys.ecPublic, RFCKeys.ecPrivate)) }
        let key = try JWK(json: RFCKeys.ecPublic)
        #expect(throws: KeyError.kidTaken("1")) { try JWKSet([key, key]) }
    }

    @Test func `refuses more than a hundred keys`() throws {
        let unknown = #"{"kty":"PQC"}"#
        let hundred = [String](repeating: unknown, count: 100).joined(separator: ",")
        #expect(try JWKSet(json: set(hundred)).ignored.count == 100)
        #expect(throws: KeyError.tooManyKeys(limit: 100)) { try JWKSet(json: set(hundred, unknown)) }
    }

    @Test(arguments: ["", "{}", "[]", #"{"keys":{}}"#, #"{"keys":[]"#, #"{"keys":[],"keys":[]}"#])
    func `refuses what is no set`(text: String) {
        #expect(throws: KeyError.self) { try JWKSet(json: text) }
    }

    @Test func `refuses a text beyond the limit`() {
        let text = #"{"keys":[]}"# + String(repeating: " ", count: JWKSet.maximumTextBytes)
        #expect(throws: KeyError.textTooLong(limit: JWKSet.maximumTextBytes)) { try JWKSet(json: text) }
    }
}

import Testing

@testable import ApusJOSE

/// RFC 7638, RFC 8037 §2, RFC 9278; values that no RFC has are those of joserfc.
@Suite struct ThumbprintTests {
    @Test(arguments: [
        (RFCKeys.rsaPublic, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        (RFCKeys.rsaPrivate, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        (RFCKeys.ed25519, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
        (PeerKeys.secp256k1, "aVfuEnWAQzOxKZyR6OaGBYlTzVvGDnzk2W2KkWPiLPA"),
        (PeerKeys.p384, "oMVPUjLt_4ThOGa67b-RsubItvB2XVe3901zg6Dwang"),
        (PeerKeys.ed448, "cgYTKNBEIqf7KNoJDNwurAl0MTN1s94_cNajXYEUf30"),
        (PeerKeys.rsa, "SxXW53MN1l7fzvEufmhHVRpbMRGZxGl1yzUCl_HCy6w"),
        (PeerKeys.x25519, "ToqEZ4ThNp-avsEVXGWI52y-RLYg68gFKwdjw00xoUo"),
        (PeerKeys.x448, "hWW8gfIfhkzFgFLaHoUH_pP8g_v9pmE7qJga7q5YTRI"),
    ])
    func `is that of every other implementation`(json: String, thumbprint: String) throws {
        let key = try JWK(json: json)
        #expect(key.thumbprint() == thumbprint)
        #expect(key.publicJWK?.thumbprint() == thumbprint)
    }

    @Test func `has a URI`() throws {
        // RFC 9278 §4 takes the key of RFC 7638 §3.1.
        let uri = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
        #expect(try JWK(json: RFCKeys.rsaPublic).thumbprintURI() == uri)
    }

    // With Python's hashlib over the documents of RFC 8037 appendix A.3 and of the oct key.
    @Test func `is made with other hashes`() throws {
        let key = try JWK(json: RFCKeys.ed25519)
        #expect(key.thumbprint(.sha384) == "ePy6LSb6I7JWK2uWQyYJQ4DBrwGE4QoxPl6INUviCtqplTLCwzo6fD9Eaw69Wvtt")
        #expect(
            key.thumbprint(.sha512)
                == "SfSqAgfmPYvpuNzfHCiQXi6Mr51GG78hHopngoabsV9xvLR0hcUfVCoJLfyzi08Dbnds6kmcAt23CpNV-8qLTg")
        let secret = try JWK(secret: [UInt8](0..<48))
        #expect(secret.thumbprint() == "HeT5V2LCp6E2-0VI3-gT8sbre9L0I-DoroxqST1ZilU")
        #expect(
            secret.thumbprint(.sha512)
                == "mGhQmMTZKp0Res_wRoyT5LISxz1xnHUiMqrQBqLtmDIJLRFnOgaLPoB1zxOw1aITv_5SKMZFz6CHSQTXmhKjRA")
    }
}

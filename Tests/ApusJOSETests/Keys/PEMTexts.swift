/// One key in every form that openssl writes; the encrypted ones open with `passphrase`.
enum PEMTexts {
    static let passphrase = "opensesame"
    /// The SHA-256 thumbprint (RFC 7638) that joserfc computes.
    static let thumbprint = "xwsynGzSRXcZeBXmBehCa0uogmPG99ZfWpu2veVbKWg"
    /// The SHA-256 of the certificate's DER that openssl computes, in Base64url.
    static let certificateThumbprint = "vSTARAVtt1Wzyc7FwLOK7JkGQizgQN74t4V9YFTi1R0"

    static let sec1 = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIAh+vUufofeF7Wt0TSJ+ORRJP8ZjFc3hqnsMFvewV+leoAoGCCqGSM49
        AwEHoUQDQgAEOIeoEF+pGnedDQmBccJGMizoqunloaRjlBN/ZXyWMMlwdK5wx6Oh
        At3Tj5SAYUi7FepHV1tpzzhvOd0FSeGNRQ==
        -----END EC PRIVATE KEY-----
        """

    static let pkcs8 = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCH69S5+h94Xta3RN
        In45FEk/xmMVzeGqewwW97BX6V6hRANCAAQ4h6gQX6kad50NCYFxwkYyLOiq6eWh
        pGOUE39lfJYwyXB0rnDHo6EC3dOPlIBhSLsV6kdXW2nPOG853QVJ4Y1F
        -----END PRIVATE KEY-----
        """

    static let encrypted = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgM99cNVmJUfgICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPS/FHrDQIk5lSqzh2fN2ncEgZCX
        +0LeeslMfneB7ZdVqAbFLD/LME/9Yc5Lcby4+sKnzarHE6PJnHuZeelvEQjlN7Ix
        NnUWtUJ/9JezHSIqrfCZHq5EwNNPcYwEE99qiDLtiMGvEvuTTlk7ab+8NgFio9/v
        xm3EJW+ETTo9UCK2lRcaqEhYu+gaxDhybXj0UMHZ0PnOSPCC4c86G28N0PI0CvY=
        -----END ENCRYPTED PRIVATE KEY-----
        """

    static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEOIeoEF+pGnedDQmBccJGMizoqunl
        oaRjlBN/ZXyWMMlwdK5wx6OhAt3Tj5SAYUi7FepHV1tpzzhvOd0FSeGNRQ==
        -----END PUBLIC KEY-----
        """

    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBdDCCARugAwIBAgIUOqh0MlcCuuyr1/rxUJ7yDhlxMkIwCgYIKoZIzj0EAwIw
        DzENMAsGA1UEAwwEYXB1czAgFw0yNjExMjMyMjUwMDhaGA8yMTI2MTAzMDIyNTAw
        OFowDzENMAsGA1UEAwwEYXB1czBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDiH
        qBBfqRp3nQ0JgXHCRjIs6Krp5aGkY5QTf2V8ljDJcHSucMejoQLd04+UgGFIuxXq
        R1dbac84bzndBUnhjUWjUzBRMB0GA1UdDgQWBBRzwhvGJ6SuzumU8cgyXXsJVgO8
        mjAfBgNVHSMEGDAWgBRzwhvGJ6SuzumU8cgyXXsJVgO8mjAPBgNVHRMBAf8EBTAD
        AQH/MAoGCCqGSM49BAMCA0cAMEQCIGzW8X+gtmprgJ/72RbAVRNHVgrlgaNhvW9N
        t0n7xr24AiAJZT9bzi5pNYmX3EOtWU3OU62PhoSYn8Qr0nPoHMdUpw==
        -----END CERTIFICATE-----
        """

    /// In Base64.
    static let pkcs12 = #"""
        MIIEDAIBAzCCA8IGCSqGSIb3DQEHAaCCA7MEggOvMIIDqzCCAmIGCSqGSIb3DQEHBqCCAlMwggJPAgEAMIICSAYJKoZIhvcNAQcBMFcGCSqGS\#
        Ib3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh6SuKTgQZCgQICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEFZv0g1jzhSJ86gEiSnqFM\#
        6AggHg4P+cmDo3lfyeIXi6Au6QH3ZqNquy/0vAv2rw5EgYySC/w8jwUGQBI87vihpcjuZxn1p1BmYgQgdvNR3+7uXdIXqrHQ1KRH0gNn7Eifp\#
        WWc6jDCkODUUP54bKliFW8Tx/95T68lCTDLheC9QdZWhrl7v4jn5qBr0BZAtXYFmiMSJQODD83uks3/7aPeNw3Xt0nZQng014zqN7xDjqeqN8\#
        Wa2SUn7j3RX7bpIBAsA4Lra6zq6e2P1xLuzhipjplPFT0VZOlkpeYLfAvCbl8IrSo65SR//Sp9h01lSezLHaUp1I/MhBVDJe1QwmF/Y6iSfNm\#
        A7ADs+PvnY929aVVdOsOWYL/Ukqy1eOZ2htHSjlyQNLarYb/JR1rHzOFxPNobKGOrzmgox4vrrF7E2U1TgCed/YrCcNgKVbFRrquObRqdDKJo\#
        boEuThiuPYwYCsHPneo3F6TpWUFO1FKf11XMxCx+mfm6X78B5d05izFgCR28QdJObpZC/e6Ge/1Xkq6ISF8yxgKH5LtleSoPAxOIT5hATE9FI\#
        0IzdV4UtYmXIxHRtuqx4bOJvGsy9/QwiC9w2XE2XSyGSLsjxakT7X2FQ9H/VHb11v1XhO6Oh9LSmsGBP1/tmguAyQFU8xI3B6drZIMIIBQQYJ\#
        KoZIhvcNAQcBoIIBMgSCAS4wggEqMIIBJgYLKoZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECORJ5o9py\#
        bLTAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQvmRX0P7abBH04ZSoPEK4FQSBkPUUJJBI1+CwROEsraPVl2SFa6jaUEoeW75jaQ\#
        KVzIVh5KrqGqrffAK5CbgGysTTR8BOruWdbvESNS9yUFxacjqkz5w6s/Qt9jbFk3bspW+I9/zCKkzh6hkXIXFDQDIU+2WxLGiLnaAxGsJf0hb\#
        YcXLEs5Bc6bbsJiVBT4rLl1gxgMOJgLxwvRjgOZN1uzzsADElMCMGCSqGSIb3DQEJFTEWBBT66nR88npfYkeq936jIRYAqJOZ+DBBMDEwDQYJ\#
        YIZIAWUDBAIBBQAEIP07tf3DONcsg3c6JTBnbH6A7vl6NrGvttn1zhZShRmjBAgGth5NUeXKGgICCAA=
        """#
}

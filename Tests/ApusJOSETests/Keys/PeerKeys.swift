/// Keys of the kinds that no RFC has an example of, with signatures under them, all made with Python's joserfc.
enum PeerKeys {
    /// What was signed.
    static let payload = "made by joserfc"

    static let secp256k1 = #"""
        {"crv":"secp256k1","x":"XjOtnI0cdrLHpnKARHv8ot_1_1dh_hA5hQRovLBBY4w","y":"vjlfoMg2PMn8zct1uyJH1NQGur2pfPtPT0z\#
        5onrd-uM","d":"hBSXs4zOvZMD1ajgKKvqbzmCBEk7i2StIVT9m8YQZs4","kty":"EC"}
        """#

    static let es256K = #"""
        eyJhbGciOiJFUzI1NksifQ.bWFkZSBieSBqb3NlcmZj.hMcQFjOHRPF2VzKjZ0OP2TvKWWU1TI06CAa5W-CJ42F9z9msdA-RCem7sKzYntTRg\#
        oEnM27Gt3SyWpPFipNwYw
        """#

    static let p384 = #"""
        {"crv":"P-384","x":"8gs1PcVkHvmkVbRUTzESXnyd_wUFhPMFxI51Cn_7bz_GZhHQgCWnFPyanp8xtszV","y":"pJJvCtvBw3KzrSfmZM\#
        IaB6J2KSAN3VW3uMAmZXdAy6-TYRYZYj659nw5lSHji7Dp","d":"bnTf6VTeYOW_jghJqKWQfdravyeK5Q0IMZNrY9CeGRsU7m3fgtBcScaT\#
        UB_VcFlN","kty":"EC"}
        """#

    static let es384 = #"""
        eyJhbGciOiJFUzM4NCJ9.bWFkZSBieSBqb3NlcmZj.WmbKEMsPu2nfo5uZ0IDVfBUluX4T3Nm2__o7JrukLLzTcz6R-_vnBe6FkpCDHGBuF4d\#
        af5gzHy-dN6uwGzy7qr8OufReub6f_7AZJvH2gDKZzXtfUh3LzqlVeGsW-yns
        """#

    static let ed448 = #"""
        {"crv":"Ed448","x":"QxX-Mm6_sUbBym4sHd-WTJiU-HFAUXPnuFSlOPwxjIFB7zauV9FSsa2MAA5o79j75JTKBKTaj9SA","d":"QzPBgy\#
        KnmY6moyA7FYeEY7oesn21y1OScQI6B_6meUEkqVVqdqDs8TG_BMhBFxa6028KSNlv67KC","kty":"OKP"}
        """#

    static let edDSA = #"""
        eyJhbGciOiJFZERTQSJ9.bWFkZSBieSBqb3NlcmZj.Mb9iTsHncBefaOLZP4dB15BhzXi442V0v-Q7FsqzHyGrGUbjU13N-1b_0_LLZFeVqsf\#
        hRMgHpd8AtRTXNvqmDiv_4ppOusOiybVFPkdrNCdhCuVVy0TlpyZ9NtMYBmy_UKQ4UU_eOATlQrSObufMXjMA
        """#

    static let rsa = #"""
        {"n":"6k317swpVhWMh1D7XAqWAOXCZ7MG1UgGRvou11ugf2ws6HqVEtlNGNI3bJZP9tKauFmW8KTE0sbeU3ymMSd279Hn8q0-uibq__MZvuc\#
        lBnQ-O_d90poB0xdhg1gQRSOsO688B5_LUaDWzL_P8RANUjSsMtGxBTl0eqLQN9gUe07frcUb9z3RQa6GnREX76hlpaQjtBmELMr1Z5VRaJK_\#
        TFdJ2nrSixLDtsYzxuZjMf0vQ_GQ9FoGB1YWUxt7Hb8RZ2H1TlHwrovjYkUIqsDVTPKaAg2y2Pwsbu9IVHjUVyXfhIy2rZ-zKdy61XDSmks4F\#
        3Xx3x4iNpGh_oyaoUQKVw","e":"AQAB","kty":"RSA"}
        """#

    static let ps256 = #"""
        eyJhbGciOiJQUzI1NiJ9.bWFkZSBieSBqb3NlcmZj.JrQxbAgGT6TiVQ84v5yJdLRBZya7KIw1qIkqJzhYx9frEXSmq3-iDfMUN4MQTkObXuB\#
        WI1OHJrYV73fJHyE4O3HL1B6VKawh4WBGJ5qnf0IhwuyrZB129UANcMH83gEH4bSA1ErMO2xtfDC_5fv4DVPdVCM1igR7fQhJKWKXhCTaoO_b\#
        mTRABzPxmvu4Xkd43ObatsUa9eyNx6x9hYAQx4gH53ZePETqPpN7LQXsMtQMx2ZxaGBee6TtXdWRzCvqB8q6kV0B-NoKPnipW8OCNp4EQI8ln\#
        xGCKeoOyxCR5XhLYWuNRNHJSUEoKJ-otO717j-cwlltZJ_utDf67B4yYQ
        """#

    static let ps512 = #"""
        eyJhbGciOiJQUzUxMiJ9.bWFkZSBieSBqb3NlcmZj.NfMNmohFguSfTd5ccJT5QCMv7VbDTnGP_VgoIwkgqYOhgE4M9FJckzc0ctw2C1duk8L\#
        tXdkR88ToycsxjuKzYzCsWdPPEFaGz8ZrY1ZwQHweHjfcDnXIkmAmRumTNOK3VpDDutypaEGr1Y26QGXtMaekfQf-iHMswd8fp0A0lYelu38J\#
        6_6hjjvu5IFh7AO_4LjPp-JSP0-Npo3LQQctYyfAm-vQrg8lrkJATgtSSnhvW-UGrG8mQsbdjdbXbhNTP1VGE8GKhBY_pHxHdOEly4TL9vFyY\#
        oI2gQOQ6B-GxyXw6rRVI3hg4KOWwNRI0SYp9h4BbmanYwZ7dIwzzGTn2A
        """#

    static let x25519 = #"""
        {"crv":"X25519","x":"rLSM1xeV3AlxON2kU_vSHxuZWysl1438FH1w_9nPKCw","d":"oDKj6gDDcpej2iy74dCawL9lPYVP-x6Jof78X8\#
        HmXE4","kty":"OKP"}
        """#

    static let x448 = #"""
        {"crv":"X448","x":"fcjl4wQZ-F_gu-S6uM-nO78A8FsOPXEPHGLaR-37JwSi2hTxHFT_RZeuP0cz2yQqKhbfHvvBNNA","d":"CAQksjzh\#
        fGcdjCBfTxYld0u62SAloF5GPTXoQVm-rCzwQISueOQIVcLERgsSclTw4fQnE22pCso","kty":"OKP"}
        """#
}

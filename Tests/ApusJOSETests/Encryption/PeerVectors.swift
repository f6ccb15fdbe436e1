/// Messages of one sentence by another implementation, one for each pair of an algorithm and a kind of key.
///
/// The Python package jwcrypto 1.6.1 made them; those with RSA-OAEP-384 and -512, which it lacks, the package
/// cryptography 50.
enum PeerVectors {
    static let rsa = #"""
        {"d":"nBQFlf1PKcVob0t3y4yaP_bVK4e_5wj2i01d2QoBTVOdXxM8iNrJFj4Pt7ily3x3iJ90og4Q9ncqN9k2BiuUd-D8Zhva9CyiB1RX\#
        8JHQWSDSK6WW0YRfhpidNqsfijthaiPGw_MdPkD8YZZVX-dudcbatYAYMTM1pIDnV8ogxKoVleKEj5gMshgk1GLo-RdKruOVbNRt8c5Ure\#
        6Fh5_Ab-XlX6ikJ0MBvk2evK0L0nphU_I-5WyhLy8eKNP7KCtpngTwkWbO12NcCAIShtWYfPAfeXSbNHZr9mlE6UVnslYAnQMa-20lXAno\#
        9Az5Pbj0sFz4e-HZ9m_uI3-Rkbh7","dp":"pjeM51j9qkfl3khBsEojXHR8z-bvO4r0ziN_UY9DEbw00nL1jU9o26hdtCoOrc98zLQ0KD\#
        gyr3F4dlvdqP_uO8FIeDCT77eN0uAhkfcLoKaA6f0qrJaZYDugDispano_wFZXR0peH0MfSzELXzyXaWArEOe1CAbc1dEVeH_0G_c","dq\#
        ":"tC6q3zz6X-Noh2XXe91w6rYbJ7Ky7r7VS9FEXmb9By32FAU-E5WoDs5C4JD3Es71xlWCS6S-Ati35074ebYIPle84L8oHicb46VTrwx\#
        rTbo66LWFkaYmo6cCE6dzcwpczAqk7d48sjVaQa4kFoHDaWCq_IyHCXip9KSE_Uw9iX0","e":"AQAB","kty":"RSA","n":"yzU9qWwY\#
        74d6FpZgSJ8EpkVC0UC2qsdnK0mPBhOxH4F6r0ddzZK3jQgLaJ7wy9gYg8pOJgpKK_mqVUE8NwuNRLXPMp7Aai2LK0znrhO41c5o6pGsQ0\#
        yOBUqyyp7lA8L0A0W7_5cadm72nEwbSoiDdyRdAiPhNA7lxQDrWrJePqMn58PX7xV1YA5DZHwgQ4dzNBOkmDLIi2bDVJpq-N8FCXw5bByR\#
        wg8K_t7CXiF8x9UWa6tg-aAOxj_1shhLmk5ODh7a1vvVfUfGXNLZklgLWEXwqtzKG94Cj1EaEBh7NzIJS0TTl5S9NFOi3UAeZOWIGwZBVX\#
        m0OZhZpHq9CEwZPQ","p":"7D3_cyZUcGwEXV8HxSCl-CvMv2zk53qJQhiaR6TXtHJhtzbkDyaUnfeaI10gGCa-djndqKZN49pnDUxmEck\#
        npNBwVSYGbj7HBiges7zxXogVdHjbD_fzHQCyEWUinRTTfosMe-dQN1jy5NY5xhgklhjAocXzJs_ro8L4bjj_lUs","q":"3DP5AEuWKMu\#
        _eLjCjNnI33KSFkYccI49jnjawNIGinlCt_XGZMiEY6tDcsB_RL4w7Zks3qVG6Hpp2EuxQSyk9yFTtMi7p6lummP_mc2K5jgftktmFq8MF\#
        hnc-RXUwuAU4e6SGZVnVfxpjcFWg5Mqm1vqo2U7Ntl95DWM_4m83pc","qi":"h9A8h8PbSMCDzZQWIU-sM8hf30vr6DwHWVW-gzJ5Pv3C\#
        pKyBllnhBwELL2QEBslE3q06QDxt-h5wwE0b1fg7Ox806LIyf_oPtmYxtzY8M-ZQGLbsmw0YGpw9kBFm93u2I4h7mnSnDBY-plgBuoUBwu\#
        GWZevhna7rEO5NYo0oaUg"}
        """#

    static let p256 = #"""
        {"crv":"P-256","d":"y8V4an0Pp7DgBwBnh9Kmr_Uj-uRdx2isuh_lyo-jbyQ","kty":"EC","x":"PZF4Lskzzz3TK6uXZ3ZR_-ycQ\#
        LANGHFhq_HL7OpR9pI","y":"NDhs6Bicu3C6uUCcixvjDcuYy2RGxyKzrrKKvFN7GSI"}
        """#

    static let p384 = #"""
        {"crv":"P-384","d":"19NUIysmOKfkA0OWmSJ0DrgP8DQEFV31QcGVrfg0u8A7db9u04Aw0nv1L-szNBXE","kty":"EC","x":"KbvX\#
        kfVNHajNav2udShw-NBWEUY3URhrUyadfyHRmlncBUZr2sFbD1h5wwy8ofC3","y":"IRW1ZBByMBHaBrpcHLIjYEYoalkMnu6WOL1msqZ\#
        Kv9SQ8ao_Y-XQ1f5RlnHoDh4c"}
        """#

    static let p521 = #"""
        {"crv":"P-521","d":"AVTeUaZUGe1SUPb0fQYi4u1hfSnJFLjyYVvWHvMuMYaEWYY_fuSfTLtaOcD24KBo2-wmQd61r2yuqGgjHJOhS1\#
        ew","kty":"EC","x":"AGbtfwRguC9uwEmqnT5uPvkwUBjBFTLZmLqYM3vEiecXPq05_TtAk8g4LAmdv7sDIOZ5i1h0q8aBPAicuzpARw\#
        Fg","y":"AEU9nZiqLrh4JRQvC1BmKSZ4kwKTaSdAFLwV6v6TpAJ4RnLQq0kxtRBoOvDhGuUoNL5RPi0OULML7BtFey00mLir"}
        """#

    static let x25519 = #"""
        {"crv":"X25519","d":"OGZcml5_k8oIgcfiTlSkEn6lrbL5yNfyCsiB59fpWEs","kty":"OKP","x":"_UUB8NhKqK17N5bBjzOxGM6\#
        FuBs_q6bEFXhJTzj-G1w"}
        """#

    static let x448 = #"""
        {"crv":"X448","d":"lAqugUEV2lNBmHObkDeMkwptiV4Xwrpn0-XN-9jeIwfwkXopqy0PMAl-4uWHzFKbLnHpTyV0kvc","kty":"OKP\#
        ","x":"1iPYwi2Q1SXYA5tvIslGGSQeDwZqtHv7HtOwZyyHtXjr_Z7Wv0kIofVA0ptaqS-yKfntwaRPRAw"}
        """#

    static let messages = [
        PeerMessage(
            algorithm: "dir", encryption: "A128GCM", key: .secret(octets: 16),
            text: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..n6TbTICkTvNJj2Et.S_C-FKqTIlpsxtbKbWo-ud4hLSn5Z63QRSjQVW"
                + "-2maQnZ1cSLRkd6_9qaA.WtT9pHiN8ojlXp5-siv_Rg"),
        PeerMessage(
            algorithm: "dir", encryption: "A192GCM", key: .secret(octets: 24),
            text: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTkyR0NNIn0..TYY7CIdo9egi7hFA.Y0Oxr0lWI0DvZPlz9n_d0EcYYGFhY0f6tuqhhG"
                + "sWplILbNzsCpdWscLuMA.6PVF67UWPhs7gc6MnGlAQw"),
        PeerMessage(
            algorithm: "dir", encryption: "A256GCM", key: .secret(octets: 32),
            text: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..1W9CgzR_qurlAkCC.sCIn-ZDBwCb5LWXrb3oCUWX2SDgSNQ_8F5f4LY"
                + "3f8ssyRxOMRIDhRMJbJQ.q2P59XNjcy_nugFJzAi1Rw"),
        PeerMessage(
            algorithm: "dir", encryption: "A128CBC-HS256", key: .secret(octets: 32),
            text: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..sDY953CBDo45dGjidI0BeQ.tXxZSGuU0vB6CugPOGYzoG5Y"
                + "mWnVcI2NRjJbHY5w5HYh1fMi0l_m9eXk9zh-iCKs.ScsWNdvE602jb2fUcSwW2w"),
        PeerMessage(
            algorithm: "dir", encryption: "A192CBC-HS384", key: .secret(octets: 48),
            text: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTkyQ0JDLUhTMzg0In0..BWJUNZtUHqeav9ZbWL5WrQ.N3_4cSjAmLFNX8zxO1e8YEAD"
                + "Y86H_t5aD1bc30FFDs40C5sesg7a48zJjrQlxeVK.N50jAGQeLpE2pCG5cShbsVsAV2iYUj39"),
        PeerMessage(
            algorithm: "dir", encryption: "A256CBC-HS512", key: .secret(octets: 64),
            text: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIn0..AArXoAxXu4xfMlq_shkTbw.8QEajPY-f0CdZLq-BxBLPDXY"
                + "D0kY7cm526PYjXwvB4RQM66QJhZoeDKjq8SI1jvh.mQJdewGYcCI4n-iGsps71jhevPRGXxadGMWpt9wgBrM"),
        PeerMessage(
            algorithm: "A128KW", encryption: "A128GCM", key: .secret(octets: 16),
            text: "eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0.OQP4ILP_RiACM3OX_Lswq5DPwWXR29QO.Xh6PSIw_S4bNmzTP.VK"
                + "M-oiJld0AeEDdG-PsrSJpYmAJ0JHLuA0B8TAY7qqCLLjYUdK3aUpzx0Q.xKLbiPzIcga1QBYTqSTAWQ"),
        PeerMessage(
            algorithm: "A192KW", encryption: "A192GCM", key: .secret(octets: 24),
            text: "eyJhbGciOiJBMTkyS1ciLCJlbmMiOiJBMTkyR0NNIn0.Pdy1oSoNA8xJYLNfZgoHWfKsyJO4ZyxCnglJNGhVfDY.CsoehSME"
                + "aTk9Tdjl.nlehfXDll007dE8m1pWBBOd7E6YthbyGx7u3EVb7tHPxBrpXg184zW0W9A.3QT-kbabeD85q6lqkGQgyQ"),
        PeerMessage(
            algorithm: "A256KW", encryption: "A256GCM", key: .secret(octets: 32),
            text: "eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIn0.lgSFbCKWMRsEBc-TSfvQsNMzQYCCWKg8C8j_nm72aO7WXz_puIiq"
                + "dA.PnydYDEBLmwZlIzu.bv1uEBpXR_JL4HogaTe9ooo-O9qpgnPBZo4LOKb5iVfROWxsOoAkRoYikg.61P7Q17tlr-y4sVG_"
                + "iRyZw"),
        PeerMessage(
            algorithm: "A128GCMKW", encryption: "A128CBC-HS256", key: .secret(octets: 16),
            text: "eyJhbGciOiJBMTI4R0NNS1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiaXYiOiJfUTFhdzFrZE9LQ29RcnVaIiwidGFnIjoi"
                + "Tmw3UmpGeTVmMFlGOUpMZGtZVjB4USJ9.NDgVGXEU89SjNl8ip4nSpnI2sXzlPxecDxfZkgx-Mn8.HW4jW7Rcf7WXEY1wB_a"
                + "eGQ.26uxFEPEp4BEKKIDIwER3eFpfercb_s1MaU3aZQ29LMgEbR0cKX96u9EadnDlpsQ.1_56ltUleyObZamlpPp6iw"),
        PeerMessage(
            algorithm: "A192GCMKW", encryption: "A192CBC-HS384", key: .secret(octets: 24),
            text: "eyJhbGciOiJBMTkyR0NNS1ciLCJlbmMiOiJBMTkyQ0JDLUhTMzg0IiwiaXYiOiJYNVhQTWl6VFZSczdMdU5IIiwidGFnIjoi"
                + "cFU4ZEtkLXZfbVNpNE1CU0dsejdhQSJ9.7hy2a3njsWA6NqODklmhBmrCuZBC_a7oEitu7yH17mj6z71yCVgzZXrX6TLXoRJ"
                + "I.emaHtjyi-4PqqdCX69ygtQ.oiqCUkpPrVenT8Appg5Kg7POZGAFSxDnb-z1kUOeBV1BZZVDI4PNIR7zV1KGUWht.VNVyaE"
                + "2hbpYa2adyI7fdHI9aCrYGj3cl"),
        PeerMessage(
            algorithm: "A256GCMKW", encryption: "A256CBC-HS512", key: .secret(octets: 32),
            text: "eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIiwiaXYiOiJTeFVyVWIzc0d3RmZ1T3Y0IiwidGFnIjoi"
                + "cmd6dlpmNW1xZlBOcmFwOFpVdzlkQSJ9.iSxkSHt5mwmI9NMu5m45UDUr13BuLgy0nJwdjcyO2fBGmPXV6Zsoe4qUI_hefvK"
                + "-eV9XKwE98MAElZkKIbKrXw.TlfKM5OraVSg9dLeCS6BeA.j-g3HfmQxugFrjC9Afgnv5e8wlvKFdFMNecZxK11s9NWIA2o8"
                + "d-K2WoelXG9yh-K.z-KPAO_Nw_x0JkAU6q1g5O1bg6YVBifUnetNedk9dOc"),
        PeerMessage(
            algorithm: "RSA-OAEP", encryption: "A256GCM", key: .jwk(rsa),
            text: "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.kmNSy7C-gVeqjfv26BZ9nClenll2sAhvX60f0-SpoUnLYPTDq"
                + "ZNo9Fy7qAsdLSff6wTAKG-tDKo5KJhuTX1mZHZJhZs-SU0JFLlCm5BfTOB_o_j7PtN_mHrKjnDN74BMGFG1YAv3jxPrF0RKj"
                + "DSftJ0KwsEzSYj6K5ZkkBtg6IWDypZR6Vs75GUKInlD4gEDlHs6GaGVkfw6hLQSj8dqugDyG2kegeKCrz9v7irbGoKcBmWPZ"
                + "trkcv40a6kj-C9Br19Ww10Bu4l23lJEMQHJE4LnCxpb68DBKm05sZltSBP2bpBh9SUSkAUyi6TsZn4DtFswppWsu0h50pFC9"
                + "WB73w.fStn2ZG6EpgJgP11.zIMAQelG3RXraf_Oyp58hm5sb5V19MaAZxoZdCXzR9Nk--dnbJWe90QPCw.cjy1AMv9D-Ih3-"
                + "d-953hBw"),
        PeerMessage(
            algorithm: "RSA-OAEP-256", encryption: "A128CBC-HS256", key: .jwk(rsa),
            text: "eyJhbGciOiJSU0EtT0FFUC0yNTYiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.s30EWlWNO2blICU4UE2-H3_G1YI8JTqorWbV"
                + "nJ8bHVzj0myKk_Xh-qpBvCayi_6ARoY-Pom9w-l2ClX8PhXVv5DTiaa6pAzuLGpmzIJSqyLnmzKpqVOi5z2NggZoiu_alVRK"
                + "oKB-b8lgcE9QWvYDCkB990tR9d0X-xCils0HoYapCr6PELqWjwrCkPsu5u1kbsVtlXacUN-K0lbsjYwNE_S2mx5RziqQrfLn"
                + "fOEK9q00IwfA4sC1U-XMTJM6cU_kAjQ9W_qCLpYkexebix07gkhszcdLamBYqBo2EgJjpN1e0EbU7y-4ZKZJZO5xGHWesHwQ"
                + "wPEphcfcTWns6rcy4A.MgKthf45db8wVV17kGuhFw.P1dAkc_Q-5Fv5KcVsN9D5Dc2XgsHEfpYeIo80kdcw643fcKnMdYhi4"
                + "ict_yzFPh-.a3za4X0lfM5vSuhJ_iDurQ"),
        PeerMessage(
            algorithm: "RSA-OAEP-384", encryption: "A192CBC-HS384", key: .jwk(rsa),
            text: "eyJhbGciOiJSU0EtT0FFUC0zODQiLCJlbmMiOiJBMTkyQ0JDLUhTMzg0In0.QUgeAvqcDJmN1r7LgvteqeBLQX7ctk6gv3Bm"
                + "9lmwaERgIGsqXVSlIA00LGdKRFd8RCH16FfEdd3fo1lnr820cGHET8UWvBi_pz0Zt676h8Jqzc12ZHzYl7bdihOfKLyxozvr"
                + "xQHM2uCKt2RTYbEpFUVFtmcfY8EeNgDnFFs2CqFgMm36uV0izyzXKmMTysEP05DaaILKPIHUmN_2rrw2f2uQgxSUWrxx_gUk"
                + "afLthGwIDFKTTLZ5Jp3Qc4V0rUNJK-HwnDWKE77XeO-tdzI4xwCAX2xeBDHnxQK9Ea9wPoDQXmTTuR6w4vkfCyMRmck1_lEa"
                + "l76DSHTKEu4jNkhUKw.8gdc0UlURhEau7R8pdWhSg.PztfxzXBqPOyGql2EEACRx5tGL1UKXtv8CBf35Qk_1pLyvTsknn73w"
                + "8HfkpKDtcY.jDMz2Zl9D_3CmModlB8qDnM6RJ-uXUfB"),
        PeerMessage(
            algorithm: "RSA-OAEP-512", encryption: "A256CBC-HS512", key: .jwk(rsa),
            text: "eyJhbGciOiJSU0EtT0FFUC01MTIiLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIn0.A3XIWY1lnRVmNgDq_v1NznAAbSmxLtXIEfcr"
                + "oKR1mso1ef_7eMrYbA7YDFJRBuIPHSBWtE8Hk5_RO6vRqYrA6hf3QCyOq4mkh6i6Bonjk69274o9jGlEY5c0iuqnQrrvq7NI"
                + "L9V7RxVRQafHkoR9rXXX3w56X0B9al96M-eH7nliRxC26u9V-0J1kOLEay0UFRxs5HOkrskCWAZ6cUch8qODa5wHD26xTyaD"
                + "c2oJJ-ZluYJbSr1t1OsZHGVUM9Pw8F3KL-sDsBMdFjcAyXa-vd9GneiG1rKMgjx4Lt7ciNuvmieUmI62K2NtV986S2LpfJqR"
                + "O-JdTzQc0FQFlPiAbg.fvQPVQY-2nrDTiiutpeQJA.QaEK47nY7RcBsHgB7XhRZNFiIZUM7xFgqGZNdSYrEMFMNAwsSZ03Df"
                + "WMZKlkiiII.0EHeYtY6z3Vd0hO6vLbQKkh-5z7eBrbxStLze4wC_KY"),
        PeerMessage(
            algorithm: "ECDH-ES", encryption: "A128GCM", key: .jwk(p256),
            text: "eyJhbGciOiJFQ0RILUVTIiwiYXB1IjoiUVd4cFkyVSIsImFwdiI6IlFtOWkiLCJlbmMiOiJBMTI4R0NNIiwiZXBrIjp7ImNy"
                + "diI6IlAtMjU2Iiwia3R5IjoiRUMiLCJ4Ijoib2RoeG5nQU56dlZpOEl6U2RlTl9CRmtDRXd4S0RoUnkxWUJiU1N2d0xOZyIs"
                + "InkiOiJaN2pzei1lM0lSNDZGOVJVM2F0bGxjVEpTQ3E3WS02Qld1T2hHakRUNVdZIn19..nG47H3lwa-pm19lJ.CJM6s6xQT"
                + "e5HNKzqSGDcARVMOMCYHaoZLZirp_yijzE6COggKKdQjfSwuw.hjREemQFSkAR1UOW-9qN5Q"),
        PeerMessage(
            algorithm: "ECDH-ES+A128KW", encryption: "A192GCM", key: .jwk(p256),
            text: "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImFwdSI6IlFXeHBZMlUiLCJhcHYiOiJRbTlpIiwiZW5jIjoiQTE5MkdDTSIsImVw"
                + "ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6Ind5WE9VRjdXMFYwUllLLW1BbXBueEQwYi00YXNGWFhMczhMZ2pP"
                + "RmxJeUEiLCJ5IjoiN213LXpxRWZ0WHcwRFRpek04QkhqRHZsZ1pfM0FITVVEWjlpVWxwZ0Z6cyJ9fQ.Hx46LqCU0_cvBpXgh"
                + "LtA5EYnVhkCjukYFJE41i4aP-k.ZlWBjdT5q2lz3wmo.sPFJ9zF_wvemu6Km-JyJmo5W2sBNfFhyhWMM6gPm23s9p8qK0MGD"
                + "5UNCmw.URQzCO18so8L1jcWwY4VMg"),
        PeerMessage(
            algorithm: "ECDH-ES+A192KW", encryption: "A256GCM", key: .jwk(p256),
            text: "eyJhbGciOiJFQ0RILUVTK0ExOTJLVyIsImFwdSI6IlFXeHBZMlUiLCJhcHYiOiJRbTlpIiwiZW5jIjoiQTI1NkdDTSIsImVw"
                + "ayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IjZVaGdKX0t3WTdZZkxvTHliZTFDSER1MzJWeDBvOFMwTmEzS3FL"
                + "YThYXzQiLCJ5IjoiZlV2emlwUEE0V1hxTkJvc2ZseWc4TGlFUG5yUHRMVTl1VHRjcjF1NE96VSJ9fQ.z7vWCiZ6DukO9XGK1"
                + "CuUHWxPtiAf4NmFzZSXVDbsl2asPKSURqBy4A.wn0ez5yeCNxUTZov.ujkll96C1tIJi3C-98OrRVPt-LG459hxvBrg2S0kq"
                + "SVecjsxirIepxjjnQ.CqZrqN_mPHpWlil4htjF9Q"),
        PeerMessage(
            algorithm: "ECDH-ES+A256KW", encryption: "A128CBC-HS256", key: .jwk(p256),
            text: "eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImFwdSI6IlFXeHBZMlUiLCJhcHYiOiJRbTlpIiwiZW5jIjoiQTEyOENCQy1IUzI1"
                + "NiIsImVwayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6InVicW1Zcy0yaEdpNFUxdmlhR21reHZmbnpjRkpiZXdV"
                + "UGpZZTk2VjdrMDAiLCJ5IjoiUXdma1VKaVAyM09BOURaUS01eUp0cnF2a3B6SU5CSDczZ3RwX3dhVTVuayJ9fQ.1KgyqDLds"
                + "Ub86lLdLix2-2iZj4BjMUye2mUJjNS5BOSqxA3sd0SjTg.fBa-dx7ces3VqwbPNGfO2Q.Z_a3yaZBSME2RUotzxgkQG2j1n7"
                + "vgFh1_D0f1-SB-IQPU4SKFUfvXD7TaOcpNwj4.TwF5XBwJgZ--zmQptf5_Cw"),
        PeerMessage(
            algorithm: "ECDH-ES", encryption: "A192CBC-HS384", key: .jwk(p384),
            text: "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTE5MkNCQy1IUzM4NCIsImVwayI6eyJjcnYiOiJQLTM4NCIsImt0eSI6IkVDIiwi"
                + "eCI6Im1XaC1CbWVqTGZoM3d1RWg0X01uN1RZaFBicXNaSUZsY0s1dzNBeTVHUXVLMnUwRUFTQVBDMWt1alhxTVRDWG0iLCJ5"
                + "IjoiSEpEUmpNZ0ptbUhpSnY3bXhIdWJ0c0JlUmlIakY2OGlHWk5mVkx0N3lkOUt2Qkc1LUJzaFRqYnczbGVNMFVBUyJ9fQ.."
                + "Zs7fhqNP4te6pLuPJP-mPQ.Mi0TxsHuYoJ_MNS7hGtl_eQ2zMVz1sjfUqW3OLZdqtU9xvMeGi_BC7BYmSJKE1ym.H2jlQhl-"
                + "yI-pUSYjS9k2sq2YL9WEY5Ai"),
        PeerMessage(
            algorithm: "ECDH-ES+A128KW", encryption: "A256CBC-HS512", key: .jwk(p384),
            text: "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImVuYyI6IkEyNTZDQkMtSFM1MTIiLCJlcGsiOnsiY3J2IjoiUC0zODQiLCJrdHki"
                + "OiJFQyIsIngiOiJMSmlQQVd5T2cyaW9RTkk1SEJxMFE2QXRqS3E3MGdkOEFoTEx2NDh0Y3dLVXlOclN1dng0MFVJM1dMOUtj"
                + "amp4IiwieSI6IkV6Z2VONC0zZVY4bVh3dXd6REp6RWoyYzdORktTemVqTG5tMEhtNW9fa2V1U1EwaW8tZUdFaTUxRzdQckN4"
                + "aWMifX0.HvsDBLgRKPYYv2q-R6PCVueG_on_BG093UmjLwZxz_AU1EZS28ZrPovBnU9ijUizjJQRDb3JilK_xi1-IsHA2oZ3"
                + "6HGq-WqS.DEWFJZTnjQ7yBhzzeobM9w.PIkyppuCLcJc8K4d_86qm0fiSPb_oDeacowoUfC0rug9Cs2dFz1fNce8sURGqfm5"
                + ".Jl3l2XvyiIDumbclfHMORj-6kJSpxeJ006YVL13Qh1I"),
        PeerMessage(
            algorithm: "ECDH-ES+A192KW", encryption: "A128GCM", key: .jwk(p384),
            text: "eyJhbGciOiJFQ0RILUVTK0ExOTJLVyIsImVuYyI6IkExMjhHQ00iLCJlcGsiOnsiY3J2IjoiUC0zODQiLCJrdHkiOiJFQyIs"
                + "IngiOiJLU1BIeDF4cDlsYlFOQTNkaHJNSkx2YURIUk5xQnpmcjdzNlBJQ2ZJRTR2NmtQek5SZUVwWEdxRTY3ZGFTeXlmIiwi"
                + "eSI6IkFNU1hqODg4cGRyd2Z1ODlzZkxacWZ3LUNfQXJESHJpUnduWjU5VHIyYmMybHcydk1scDgwc2dIUExXcVJfbzEifX0."
                + "3yHDjxAb9pzuW-nlEvdiIo2_Vy4DoFJ9.J7840pAiX12XnnPx.zegb9QYcrplMJeqw_UddeR_OoP2wAD3ePCJegOjFHszOS5"
                + "hUexoPWp9y4A.R97I-a--itgDh9_V2_GYrA"),
        PeerMessage(
            algorithm: "ECDH-ES+A256KW", encryption: "A192GCM", key: .jwk(p384),
            text: "eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkExOTJHQ00iLCJlcGsiOnsiY3J2IjoiUC0zODQiLCJrdHkiOiJFQyIs"
                + "IngiOiJmclZWTnVBSjZ4RzFKdXlNQ0hBazBFUGxDM2R5ODFSTjNSSGZMYTlZM0xRdjJZWm1IZ0QwRW5kQWF5YnJuMU1sIiwi"
                + "eSI6IkE3eEFfR2hTUXJoYmJDRURGREZLODBheUZSMEZKNkxSS0UxSEcyQ05FZjN4TEpTekdGY0xIZFMwdnJ1UmMxaVAifX0."
                + "wVgwWHRqiGuUJVIHcBgR0yBgFPX4ci8he6FwgySeAqA.PJ92iBsCongQA5SO.iVQCf8feJ3BIbr35aPpBRR3_pAGqAsi57FU"
                + "tIBEz8qDMOdyQghzoqk3hCw.WM7M8CbvOGDc4c-HbKnruw"),
        PeerMessage(
            algorithm: "ECDH-ES", encryption: "A256GCM", key: .jwk(p521),
            text: "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSIsImVwayI6eyJjcnYiOiJQLTUyMSIsImt0eSI6IkVDIiwieCI6IkFQ"
                + "MEtNRTlFd3lMOEEtdHZnZ3JKNE5xQjRqQWhpZ3hfZjVOZlAxWW5rRVNYNklWVWFPSjlUcVZILVdDRFBEZWk1MVdCQ0YwdWsz"
                + "ZnBzaS1WRWZZR1k4MW0iLCJ5IjoiQVNvZ1JrV01XV1M2eWFBRTNWZlRrZk1XSlM1cldUSWh6WllreVR0U3dJX1VvWnUtbUU0"
                + "M1lpVGFiNlMxcENtQzlKVFJ4ODlja2I3TDh4MUdyWVZMLVNpbCJ9fQ..CmtCOXzGpr5pVOLg.AsNvaCbA7cWjWrP2EERuLQf"
                + "8qlJjmmu5jKaYhs-FEcsN_elYeqm6ls8zRQ.dH-8lf7aoEvhlF6I52TVXA"),
        PeerMessage(
            algorithm: "ECDH-ES+A128KW", encryption: "A128CBC-HS256", key: .jwk(p521),
            text: "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImVuYyI6IkExMjhDQkMtSFMyNTYiLCJlcGsiOnsiY3J2IjoiUC01MjEiLCJrdHki"
                + "OiJFQyIsIngiOiJBV3pGLWF6cTBxR3pTMlZkMEExLXlta3F6YkZvWTYwOHk1RktCejZqQWFxa1hNQmlvLTNMTzR6NXc0ME5o"
                + "Rk9zcklFcmM1ZS1ZcXg4dzFZbk9aZk81OUdtIiwieSI6IkFFR0VlcGlFSkhEeTgzUGViblVTUEJBcFFyQkwzVTZoMEFUMjRF"
                + "bDNlaFViZFdWUURIZEhnY0ZkMlFkbmpKOUNVUC1ybHVXU0g5NVlWRUllV0VrdlVDZ0IifX0.hfWTrOtBdi6gXMfc8JwlwCQ3"
                + "1SVsIHdVnMgC8TdlTqLzLeOojrICJA.fLlSTIEYmXET2j1QybFVSg.YLOQEgfwTWmdCkhnOdMmUS63xcO4a26iFdxlVNQjO2"
                + "01GzMFUsQS_DAN3pTEvQXT.kiJU3D8HMQf9KA4-kvqBmA"),
        PeerMessage(
            algorithm: "ECDH-ES+A192KW", encryption: "A192CBC-HS384", key: .jwk(p521),
            text: "eyJhbGciOiJFQ0RILUVTK0ExOTJLVyIsImVuYyI6IkExOTJDQkMtSFMzODQiLCJlcGsiOnsiY3J2IjoiUC01MjEiLCJrdHki"
                + "OiJFQyIsIngiOiJBY3MzaXoyVV9HS21yVVNVandsVXpiN2x5dUx2T21PZEtHd3VScm1KSE13ejZPbmdZZzg0cTh1ZEplT0ZV"
                + "eG9yUHVXRHNRNl94YzdfZlZjTVNYREkyTXI4IiwieSI6IkFHUVVjeWVtZnAzUjh1OVNUcTkzdmVZa3FWTHRtcE1VVFc5U2Ro"
                + "M0JYZkh3QVc1Q3Zkck9UQmNLYW12SmZuRWE4NTVlZ2V0RFdoalZvUTFZWi10WC11M1QifX0._Ngn39DPxXmLLermUoD8kGgU"
                + "GmhXYhMYSv5RfPRJQaqYrYfLxMUI1tDxDj7e_Fs-yiKkQnBqtT4.ZMqalJ8GQxZLcZXprQsZ_w.1TMAfr1oNv6xwr0wUvLOF"
                + "Q3GWgL97Gd6qHAne9ntHf-cVjJ5uOreALpNwIyatYbF.tv1ZwiVI-71SrzxSjy7Ex6cMNV1XjzHI"),
        PeerMessage(
            algorithm: "ECDH-ES+A256KW", encryption: "A256CBC-HS512", key: .jwk(p521),
            text: "eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZDQkMtSFM1MTIiLCJlcGsiOnsiY3J2IjoiUC01MjEiLCJrdHki"
                + "OiJFQyIsIngiOiJBRzN5Zjhhd3A5d2lQZ0l6M3Q2b2FRcVZyOGpkcE1fTzRVb2ctQWUwTVQzc2NoU2tCamczUlViTlpwNUhf"
                + "SVRIQnFhVGRMRW8yNkcwRV9FS2xxWUstNmFRIiwieSI6IkFadnhIS1kwZWM4aXNqTE9kUWpoWjRvOVNMYW5VRjc1THMzVDFn"
                + "ZWNXaFBBQndKeTR5M2pmVzk0MTEwWG0teWhFMWk5R3dVeEt0ZWlQSmM4eUFVcndNcDQifX0.MT-pCxD6WsjjtRFJsrWAjOYd"
                + "iCcOOQ0TU7EaPoPnZ9B8_DCsuXi2zm4a7AMz8M5Trw_5hwaKVKQk06lFJQoJmGo2mpVLxUWr.dPcqNRgb692WaxcCUlX5lA."
                + "jLhA883r9RuieYg6FOp_jiv0UT-E4ug3-hH-wffrU4p7hW2cHv7Q_mkTagBRyeO2.rNUboz3DWUYrS9KYfe4bpCXaf3dtb6A"
                + "3oKn1ot0-zhs"),
        PeerMessage(
            algorithm: "ECDH-ES", encryption: "A128GCM", key: .jwk(x25519),
            text: "eyJhbGciOiJFQ0RILUVTIiwiYXB1IjoiUVd4cFkyVSIsImFwdiI6IlFtOWkiLCJlbmMiOiJBMTI4R0NNIiwiZXBrIjp7ImNy"
                + "diI6IlgyNTUxOSIsImt0eSI6Ik9LUCIsIngiOiJyY3VYRWlrODdWdS1KRWhTNFNwdzFjM0FZdDAzRWp2Yl9JOURtTFp3R0dn"
                + "In19..5tx5QBsTtzf1LPc6.ULF2L-07kdZquELoyr2akEM7WKYpfY1iIFX4DH4uoof636TksP54Hend0g.AWMfW0zxIQpZod"
                + "4cpqPscg"),
        PeerMessage(
            algorithm: "ECDH-ES+A128KW", encryption: "A192GCM", key: .jwk(x25519),
            text: "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImFwdSI6IlFXeHBZMlUiLCJhcHYiOiJRbTlpIiwiZW5jIjoiQTE5MkdDTSIsImVw"
                + "ayI6eyJjcnYiOiJYMjU1MTkiLCJrdHkiOiJPS1AiLCJ4IjoiLVBsZFJURTVLbURod0s2TUo4UTExblhzdEpnUkJhd0d2VVdr"
                + "d3BxdHRTUSJ9fQ.Dd3IAdrWmurDSze1oaT7cNF7oH-_TLeJ6S8A4ueyRmo.6mpPBqSQWJMRGs4U.IlZ3KoqSi0_QK6A5K_hf"
                + "tTSoqRduRfYVgCa7TEi8ZigcNKabJpB85m6mEw.bkhsZPFZSre7UzJnkjp93A"),
        PeerMessage(
            algorithm: "ECDH-ES+A192KW", encryption: "A256GCM", key: .jwk(x25519),
            text: "eyJhbGciOiJFQ0RILUVTK0ExOTJLVyIsImFwdSI6IlFXeHBZMlUiLCJhcHYiOiJRbTlpIiwiZW5jIjoiQTI1NkdDTSIsImVw"
                + "ayI6eyJjcnYiOiJYMjU1MTkiLCJrdHkiOiJPS1AiLCJ4IjoiSlZZSFh3SFYyVjFUR2x0V3ZxelBiS3o5NGJuZnpoYlR0STlp"
                + "VVlKVV9pMCJ9fQ.z7uxWPBBfN1K15ygWOvSp0IfysgOwYB0BMZobGNY7xFcxrBJZ1Iy-g.Ncdin0tlnwdI_KjW.81nvkrokB"
                + "PObfWNNyqJwIyR-x8Rfi1tBLqWS4BAFPlQjN8O2tZHUFnrZYw.f9y3Cg__weBCKi8j_B0EZA"),
        PeerMessage(
            algorithm: "ECDH-ES+A256KW", encryption: "A128CBC-HS256", key: .jwk(x25519),
            text: "eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImFwdSI6IlFXeHBZMlUiLCJhcHYiOiJRbTlpIiwiZW5jIjoiQTEyOENCQy1IUzI1"
                + "NiIsImVwayI6eyJjcnYiOiJYMjU1MTkiLCJrdHkiOiJPS1AiLCJ4IjoiUFVOX1pPaTNkYTBFNEs5OURrcks0ZVpEUjJDM1hp"
                + "WHRXUEhPMkJpbERpcyJ9fQ.INmYyz1o7GUt7uo00Z-RPeMcIMF5hbDwkyDKw6oLK2W2JqCnFlT6cg.2UJwLwIXO3NlzewGnk"
                + "pYuw.suY7MRBGfmCsumlKCmmkwHgioT4JiL0u54zd9lH3Ui8LnjbD6y2t0T-oSt3n7fmQ.b20rQykkQN2Ze7bWrwoHqA"),
        PeerMessage(
            algorithm: "ECDH-ES", encryption: "A192CBC-HS384", key: .jwk(x448),
            text: "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTE5MkNCQy1IUzM4NCIsImVwayI6eyJjcnYiOiJYNDQ4Iiwia3R5IjoiT0tQIiwi"
                + "eCI6InNFUWtlOGpzLXRwUUIxWG9CNWFONTdZb04tOG9sMWxpSmZkUGpnamhQX2U3WG5HX3FSMEMtU296M2VwUEZKZndZdkVC"
                + "N1RaTF9KVSJ9fQ..vRBRsGbLwoCrYcEA230IVw.6cfolIVmVlGZ_cmSncK0pEmUtXPtbqmwqDtrMjOEm_TgGH0suMt21Yf8Z"
                + "7afZ_HU.Q0oxBzzQsJCh6o_MCww8OpR-u_Tyrjer"),
        PeerMessage(
            algorithm: "ECDH-ES+A128KW", encryption: "A256CBC-HS512", key: .jwk(x448),
            text: "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImVuYyI6IkEyNTZDQkMtSFM1MTIiLCJlcGsiOnsiY3J2IjoiWDQ0OCIsImt0eSI6"
                + "Ik9LUCIsIngiOiJ1U2hzZ0J0NGY0d21IbW9YaHhkNkxKeHpuX2xNeHM1QUNxQ18wWndiclFHM1dGbzFMUF95VWlzck1oN0g2"
                + "RzNrdkZ1bU16MHEzdzAifX0.iYFXc5QhufX_ISvOubZQbMJg8r2I9ur7TI40M8FrYRHlhQchP51IhfLJG6-nQTa7NAGkCHZd"
                + "oZFgokdbYo1q_9Cf9kAasBeh.Bl4D0UrZVxKqzrVMAQwzTQ.auA5Sf0RYNgARF8S5vav4Vp1XKAnDBiym6I_Sw1GyIS7gqOT"
                + "vVQQYjpf8GEQRllx.f5BP8LOfic56c4bVeICPCEXA9MkOQj3ci7-BL_aAfAg"),
        PeerMessage(
            algorithm: "ECDH-ES+A192KW", encryption: "A128GCM", key: .jwk(x448),
            text: "eyJhbGciOiJFQ0RILUVTK0ExOTJLVyIsImVuYyI6IkExMjhHQ00iLCJlcGsiOnsiY3J2IjoiWDQ0OCIsImt0eSI6Ik9LUCIs"
                + "IngiOiItTE8wTXh6b0w0dTM4ZXlDWTFwaC10UWg4SGdXWmRUSXJmY1lRRnQtRk9ERVRubEx3cWQyMnRaaGJKM1FBWXQ1ZDdR"
                + "TmxLTjkyaE0ifX0.GMsphd69RLvdqKiZpfbfuuwu1hN0QEZX.erKONxzxP8Llcc_C.Z-cv1aIN9ncLlEYNndrtl3Ilnsi3o_"
                + "8GRoquUsxgExjiD5vHEI2_znAAaw.0Yb2kAfM6oiMTbQFadKnuw"),
        PeerMessage(
            algorithm: "ECDH-ES+A256KW", encryption: "A192GCM", key: .jwk(x448),
            text: "eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkExOTJHQ00iLCJlcGsiOnsiY3J2IjoiWDQ0OCIsImt0eSI6Ik9LUCIs"
                + "IngiOiI4WEtuSTA0bGZUZjlyUVNQTUdxSlpwY0t2clFQNTRFem5UMENDcmtwcjdZUUhoT2VmRDFiZHNEd3BxUkQxSXVrbHR0"
                + "MENrS2VlZW8ifX0.5RUEOBlGpKmKunxdZ7IqLxJBnozUlRo3W0LxKSVg6RA.rtZ9xjfOsFgYJpqU.GgUD496J4YpO_AYA5UA"
                + "bJw8Y9DO09wUUQW6zn5-r_ZlpmldHKJ46jfn9JA.VQ_T2wd1rULZ73PB6Nf2_A"),
        PeerMessage(
            algorithm: "PBES2-HS256+A128KW", encryption: "A256GCM", key: .password,
            text: "eyJhbGciOiJQQkVTMi1IUzI1NitBMTI4S1ciLCJlbmMiOiJBMjU2R0NNIiwicDJjIjo4MTkyLCJwMnMiOiJBZWhSY0ZvSlJE"
                + "YW9EaDN3ejlYQjZRIn0.r8S5nIGp4Gk8UzHGjq7CbaWM11viIG2lWU0owAC7LQbRWXX7n5H4hw.oqm6F-I3l2EVZhQ8.kUf9"
                + "JiVGzz99C4pDZM3GV0msQw3W3Ucm7s9xiU_1qu1vCnM9tlTVlHqrZA.690lPwV6oHsSdfpjgZFAaA"),
        PeerMessage(
            algorithm: "PBES2-HS384+A192KW", encryption: "A128CBC-HS256", key: .password,
            text: "eyJhbGciOiJQQkVTMi1IUzM4NCtBMTkyS1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwicDJjIjo4MTkyLCJwMnMiOiJIOG91"
                + "b29HSVd1Y1lmN09acnkxZDRnIn0.8iqpzcYboswbPIPWuptZHl0yGPWZapebEe7DZSZlxDKaePflsBBbfg.XcqecKOyMBzUY"
                + "0OHk2LAuw.4KS6A24NXpRv4UobdsGmU5b49BoCDfrIihJTCrZtlCLg8Blol8_hTjyv2CC8ROc8.U4elMKDJRYpRDjju-U9zu"
                + "Q"),
        PeerMessage(
            algorithm: "PBES2-HS512+A256KW", encryption: "A192CBC-HS384", key: .password,
            text: "eyJhbGciOiJQQkVTMi1IUzUxMitBMjU2S1ciLCJlbmMiOiJBMTkyQ0JDLUhTMzg0IiwicDJjIjo4MTkyLCJwMnMiOiJpU3JI"
                + "dl9HcVFXZEFybVU1cGpjWXR3In0.cuUEFISVn1rH_AsW4PkDy2DyJ1EiexACXIQ2lOer2bXDs-QvBI09WueT3DbkqB9pcNjY"
                + "Yc-oIAs.dPOjYFFwGKCCsLDyF7d7Og.lSFXNa6dErWUuZJj_Jj2sqsSfnFv8zVI9IGDh2gezUZ-6_pDYn6Yqa0ylBOrTCIp."
                + "o_riCMoxOR525lurmFwRaFcw6eh8XV1_"),
    ]
}

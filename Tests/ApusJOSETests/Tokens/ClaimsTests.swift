import FoundationEssentials
import Testing

@testable import ApusJOSE

@Suite struct ClaimsTests {
    @Test func `gives the registered claims by type`() {
        let claims = Claims([
            "iss": "i", "sub": "s", "aud": ["a", "b"], "exp": 20, "nbf": 10.5, "iat": 0, "jti": "j",
        ])
        #expect(claims.issuer == "i")
        #expect(claims.subject == "s")
        #expect(claims.audience == ["a", "b"])
        #expect(claims.expires == Date(timeIntervalSince1970: 20))
        #expect(claims.notBefore == Date(timeIntervalSince1970: 10.5))
        #expect(claims.issuedAt == Date(timeIntervalSince1970: 0))
        #expect(claims.identifier == "j")
        #expect(claims[.issuer] == "i")
        #expect(claims["absent"] == nil)
    }

    @Test func `adds claims, and of those that are in both every value once`() {
        let claims = Claims(["role": "a", "level": 1, "groups": ["x", "y"], "same": true])
        let added = claims.adding(Claims(["role": ["b", "a"], "new": ["n"], "groups": "z", "same": true]))
        #expect(
            added
                == Claims([
                    "role": ["a", "b"], "level": 1, "groups": ["x", "y", "z"], "same": true, "new": ["n"],
                ]))
        #expect(added.members.names == ["role", "level", "groups", "same", "new"])
        #expect(claims.adding(Claims()) == claims && Claims().adding(claims) == claims)
    }

    @Test func `gives a single audience as a list of one`() {
        #expect(Claims(["aud": "a"]).audience == ["a"])
        #expect(Claims([:]).audience == [])
    }

    @Test func `gives no instant for what is none`() {
        for value: JSONValue in ["20", true, nil, [], 1e300, 9_007_199_254_740_993] {
            #expect(Claims(["exp": value]).expires == nil)
        }
    }

    @Test func `gives the values of any claim as text`() {
        let claims = Claims([
            "s": "text", "b": true, "f": false, "i": 42, "d": 1.5, "n": nil, "o": ["a": 1],
            "a": ["x", 1, true, nil, ["y"], ["z": 1]],
        ])
        #expect(claims.values(of: "s") == ["text"])
        #expect(claims.values(of: "b") == ["true"])
        #expect(claims.values(of: "f") == ["false"])
        #expect(claims.values(of: "i") == ["42"])
        #expect(claims.values(of: "d") == ["1.5"])
        #expect(claims.values(of: "n") == [])
        #expect(claims.values(of: "o") == [])
        #expect(claims.values(of: "a") == ["x", "1", "true"])
        #expect(claims.values(of: "absent") == [])
    }

    @Test func `splits scopes at spaces`() {
        #expect(Claims(["scope": "read write  delete"]).scopes == ["read", "write", "delete"])
        #expect(Claims(["scp": ["read", "write"]]).scopes == ["read", "write"])
        #expect(Claims(["scp": "read write"]).scopes == ["read", "write"])
        #expect(Claims(["scope": "a", "scp": ["b"]]).scopes == ["a"])
        #expect(Claims([:]).scopes == [])
    }

    @Test func `gathers roles and each once`() {
        #expect(Claims(["role": "admin"]).roles == ["admin"])
        #expect(Claims(["role": ["a", "b"], "roles": ["b", "c"]]).roles == ["a", "b", "c"])
        #expect(Claims([:]).roles == [])
    }
}

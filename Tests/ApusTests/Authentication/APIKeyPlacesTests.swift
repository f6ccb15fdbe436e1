import Apus
import ApusTesting
import Testing

@Suite struct APIKeyPlacesTests {
    private static func server(_ places: APIKeyPlaces) throws -> Server {
        let scheme = try APIKeyAuthentication("Key", keys: "k", in: places, allowInsecureHTTP: true)
        return .logging { Get("/") { request in request.user.name }.authenticated(by: scheme) }
    }

    @Test func `further fields are looked at in their order`() async throws {
        let places = APIKeyPlaces(header: "X-New", furtherHeaders: ["X-Old", "X-Older"])
        try await Self.server(places).test { client in
            let rows: [(KeyValuePairs<String, String>, Int)] = [
                (["X-New": "k"], 200), (["X-Old": "k"], 200), (["X-Older": "k"], 200), (["X-Api-Key": "k"], 401),
                // The first that is there decides.
                (["X-Older": "no", "X-New": "k"], 200), (["X-Older": "k", "X-New": "no"], 401),
                (["X-Older": "k", "X-New": ""], 401), (["X-Old": "k", "X-Old": "k"], 400),
                (["X-New": "k", "X-Old": "k", "X-Old": "k"], 200),
            ]
            for (headers, status) in rows {
                let response = try await client.get("/", headers: headers)
                #expect(response.status.code == status)
                let challenges = response.headers.values(of: .wwwAuthenticate)
                #expect(challenges == (status == 200 ? [] : [#"ApiKey header="X-New""#]))
            }
        }
    }

    @Test(arguments: [
        ("/?api_key=k", 200), ("/?a=b&api_key=k&c", 200), ("/?api_key=%6B", 200), ("/?api_key=+k%20", 200),
        ("/?api%5Fkey=k", 200),
        ("/?api_key=", 401), ("/?api_key", 401), ("/?api_key=no", 401), ("/?API_KEY=k", 401), ("/?xapi_key=k", 401),
        ("/", 401),
        ("/?api_key=k%00", 401), ("/?api_key=k%0A", 401), ("/?api_key=%ff", 401), ("/?x=%zz&api_key=k", 401),
        ("/?api_key=k&api_key=k", 400), ("/?api_key=k&api%5fkey=no", 400),
    ])
    func `a parameter of the query is read when asked for`(target: String, status: Int) async throws {
        try await Self.server(APIKeyPlaces(queryParameter: "api_key")).test { client in
            let response = try await client.get(target)
            #expect(response.status.code == status)
            // A field comes first.
            let withField = try await client.get(target, .header("X-Api-Key", "k"))
            #expect(withField.status == .ok)
        }
        try await Self.server(APIKeyPlaces()).test { client in
            let unasked = try await client.get(target)
            #expect(unasked.status == .unauthorized)
        }
    }

    /// RFC 6265 §4.2.1: pairs with `; ` between them; names are compared exactly, and all behind the first `=` is the
    /// value.
    @Test(arguments: [
        ("key=k", 200), ("a=b; key=k; c=d", 200), ("a=b;key=k", 200), ("key= k ", 200), ("a; key=k", 200),
        ("; key=k;", 200),
        ("key=", 401), ("key", 401), ("key=k=", 401), ("key=no", 401), ("KEY=k", 401), ("xkey=k", 401), ("keyx=k", 401),
        ("a=key=k", 401), ("a=\"; key=no\"", 401), ("key=%6B", 401), ("", 401), ("key =k", 401),
        // A combining mark behind "=" or ";" is part of the value, and the sign still is one.
        ("key=\u{338}k", 401), ("a=b;\u{338}key=k", 401), ("a=b\u{338};key=k", 200), ("=k", 401),
        ("key=k; key=k", 400), ("key=k; key=no", 400),
    ])
    func `a cookie is read when asked for`(field: String, status: Int) async throws {
        try await Self.server(APIKeyPlaces(cookie: "key")).test { client in
            let response = try await client.get("/", headers: ["Cookie": field])
            #expect(response.status.code == status)
            let withField = try await client.get("/", headers: ["Cookie": field, "X-Api-Key": "k"])
            #expect(withField.status == .ok)
        }
        try await Self.server(APIKeyPlaces()).test { client in
            let unasked = try await client.get("/", headers: ["Cookie": field])
            #expect(unasked.status == .unauthorized)
        }
    }

    @Test func `several lines of cookies are one`() async throws {
        try await Self.server(APIKeyPlaces(cookie: "key")).test { client in
            let once = try await client.get("/", headers: ["Cookie": "a=b", "cookie": "key=k"])
            let twice = try await client.get("/", headers: ["Cookie": "key=k", "cookie": "key=k"])
            #expect(once.status == .ok && twice.status == .badRequest)
        }
    }

    @Test func `the query is looked at before the cookie`() async throws {
        try await Self.server(APIKeyPlaces(queryParameter: "q", cookie: "key")).test { client in
            let wrong = try await client.get("/?q=no", headers: ["Cookie": "key=k"])
            let absent = try await client.get("/?p=no", headers: ["Cookie": "key=k"])
            #expect(wrong.status == .unauthorized && absent.status == .ok)
        }
    }
}

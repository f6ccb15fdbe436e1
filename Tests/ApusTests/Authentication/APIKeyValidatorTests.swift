import Apus
import ApusTesting
import Testing

@Suite struct APIKeyValidatorTests {
    struct OutOfReach: Error {}

    /// Keys of partners by name, from any place but /closed.
    struct Partners: APIKeyValidator {
        func holder(of key: APIKey, in request: Request) async throws -> APIKeyHolder? {
            if key.text == "broken" { throw OutOfReach() }
            guard request.path != "/closed", key.text.hasPrefix("partner-") else { return nil }
            return APIKeyHolder(name: String(key.text.dropFirst(8)), claims: Claims(["can_read": true]))
        }
    }

    private static func server(_ scheme: APIKeyAuthentication, _ log: CollectedLog = CollectedLog()) -> Server {
        .logging(log) {
            Group("/") {
                Get { request in request.user.name }
                Get("closed") { request in request.user.name }
                Get("read") { request in request.user.name }.requires(.claim("can_read", oneOf: "true"))
            }
            .authenticated(by: scheme)
        }
    }

    @Test func `a type of one's own names the holder and gives claims`() async throws {
        let scheme = APIKeyAuthentication("Partners", allowInsecureHTTP: true, validator: Partners())
        try await Self.server(scheme).test { client in
            for (path, key, status) in [
                ("/", "partner-ada", 200), ("/read", "partner-ada", 200), ("/closed", "partner-ada", 401),
                ("/", "ada", 401),
            ] {
                let response = try await client.get(path, .header("X-Api-Key", key))
                #expect(response.status.code == status && (status != 200 || response.text == "ada"))
            }
        }
    }

    @Test func `a closure checks, or says whose the key is`() async throws {
        let checking = APIKeyAuthentication("Checked", allowInsecureHTTP: true) { key in key.matches("one") }
        try await Self.server(checking).test { client in
            let (right, wrong) = (
                try await client.get("/", .header("X-Api-Key", "one")),
                try await client.get("/", .header("X-Api-Key", "two"))
            )
            #expect(right.text == "ApiKeyClient" && wrong.status == .unauthorized)
            let lacking = try await client.get("/read", .header("X-Api-Key", "one"))
            #expect(lacking.status == .forbidden && !lacking.headers.contains(.wwwAuthenticate))
        }
        let identifying = APIKeyAuthentication("Known", allowInsecureHTTP: true) { key -> APIKeyHolder? in
            key.matches("one") ? APIKeyHolder(name: "ada", claims: Claims(["can_read": true])) : nil
        }
        try await Self.server(identifying).test { client in
            let (right, wrong) = (
                try await client.get("/read", .header("X-Api-Key", "one")),
                try await client.get("/read", .header("X-Api-Key", "two"))
            )
            #expect(right.text == "ada" && wrong.status == .unauthorized)
        }
    }

    /// By sha256sum of coreutils.
    @Test func `a key is looked up by its digest`() async throws {
        let digests = Shared<[String]>([])
        let scheme = APIKeyAuthentication("Known", allowInsecureHTTP: true) { key in
            digests.change { $0.append(key.sha256) }
            return false
        }
        try await Self.server(scheme).test { client in
            for key in ["my-secret-api-key", "schlüssel"] { _ = try await client.get("/", .header("X-Api-Key", key)) }
        }
        #expect(
            digests.value == [
                "325ededd6c3b9988f623c7f964abb9b016b76b0f8b3474df0f7d7c23b941381f",
                "ccec7a8e3e039f0b6b308a81f438e1d07a59c8c896b4f237d10c3eecb8375ef7",
            ])
    }

    @Test func `a validator that cannot look is an error and not a pass`() async throws {
        let log = CollectedLog()
        let scheme = APIKeyAuthentication("Partners", allowInsecureHTTP: true, validator: Partners())
        try await Self.server(scheme, log).test { client in
            let response = try await client.get("/", .header("X-Api-Key", "broken"))
            #expect(response.status == .internalServerError && log.text.contains("OutOfReach"))
        }
    }

    @Test func `a wrong key does not hide another scheme`() async throws {
        let key = try APIKeyAuthentication("Key", keys: "k", allowInsecureHTTP: true)
        let basic = BasicAuthentication("Basic", realm: "R", allowInsecureHTTP: true) { $0.password == "p" }
        try await Server.logging { Get("/") { request in request.user.name }.authenticated(by: key, basic) }.test {
            client in
            let both = try await client.get("/", .basic("ada", "p"), headers: ["X-Api-Key": "no"])
            #expect(both.status == .ok && both.text == "ada")
            let neither = try await client.get("/", headers: ["X-Api-Key": "no"])
            #expect(
                neither.headers.values(of: .wwwAuthenticate) == [
                    #"ApiKey header="X-Api-Key""#, #"Basic realm="R", charset="UTF-8""#,
                ])
        }
    }
}

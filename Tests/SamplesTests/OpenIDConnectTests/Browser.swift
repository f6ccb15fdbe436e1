import Apus
import ApusTesting
import Testing

/// A browser with its cookies, which follows redirects one by one, as a test says.
///
/// Both servers are on one host, and cookies know no ports (RFC 6265 §8.5), so there is one set of them.
final class Browser {
    private let shop: TestClient
    private let provider: TestClient
    private let provides: String
    private(set) var cookies: [(name: String, value: String)] = []

    init(shop: TestClient, provider: TestClient) {
        self.shop = shop
        self.provider = provider
        provides = provider.server?.endpoints[0].url ?? ""
    }

    /// Where a response leads; as an address of one of the servers.
    func target(_ response: TestResponse) throws -> String {
        try #require(response.headers[.location])
    }

    @discardableResult
    func get(_ url: String, accept: String = "text/html,*/*;q=0.1") async throws -> TestResponse {
        let (client, path) = server(of: url)
        return keep(try await client.get(path, headers: ["Accept": accept, "Cookie": field]))
    }

    @discardableResult
    func post(
        _ url: String, _ form: HTTP.Query, site: String = "same-origin", login: TestCredentials? = nil
    ) async throws -> TestResponse {
        let (client, path) = server(of: url)
        return keep(
            try await client.post(
                path, login, headers: ["Accept": "text/html", "Sec-Fetch-Site": site, "Cookie": field],
                body: .text(form.encoded, contentType: "application/x-www-form-urlencoded")))
    }

    func cookie(_ name: String) -> String? { cookies.first { $0.name == name }?.value }

    func set(_ name: String, _ value: String?) {
        cookies.removeAll { $0.name == name }
        if let value { cookies.append((name, value)) }
    }

    private var field: String { cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ") }

    /// An address that begins with a slash is the shop's.
    private func server(of url: String) -> (TestClient, path: String) {
        guard url.hasPrefix("https://") else { return (shop, url) }
        let path = url.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
        return (url.hasPrefix(provides) ? provider : shop, path.isEmpty ? "/" : String(path))
    }

    private func keep(_ response: TestResponse) -> TestResponse {
        for line in response.headers.values(of: .setCookie) {
            let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
            let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            set(String(pair[0]), parts.contains("Max-Age=0") ? nil : String(pair[1]))
        }
        return response
    }
}

extension Browser {
    static let login = HTTP.Query(["username": "admin", "password": "password"])

    /// Goes to a page of the shop, and as far as the provider's login page; gives its address.
    func beginSignIn(at page: String = "/orders") async throws -> String {
        let led = try await get(page)
        #expect(led.status == .found)
        let begun = try await get(try target(led))
        #expect(begun.status == .seeOther && begun.headers[.cacheControl] == "no-store")
        return try target(begun)
    }

    /// Signs in at the provider; gives the address to which it sends the browser back.
    func logIn(at authorize: String) async throws -> String {
        let page = try await get(authorize)
        #expect(page.status == .ok && page.text.contains("name=\"password\""))
        let back = try await post(authorize.replacing("/authorize?", with: "/login?"), Self.login)
        #expect(back.status == .seeOther)
        return try target(back)
    }

    /// The whole way to a page of the shop.
    @discardableResult
    func signIn(to page: String = "/orders") async throws -> TestResponse {
        let finished = try await get(try await logIn(at: try await beginSignIn(at: page)))
        #expect(finished.status == .seeOther && finished.headers[.location] == page)
        return try await get(page)
    }
}

extension String {
    /// An address with another value for a parameter of its query, or without the parameter.
    func with(_ name: String, _ value: String?) throws -> String {
        let parts = split(separator: "?", maxSplits: 1)
        var query = HTTP.Query([:])
        for item in try HTTP.Query(String(parts[1])).items where item.name != name {
            query = query.adding(item.name, item.value)
        }
        if let value { query = query.adding(name, value) }
        return "\(parts[0])?\(query)"
    }

    func parameter(_ name: String) throws -> String? {
        try HTTP.Query(String(split(separator: "?", maxSplits: 1)[1]))[name]
    }
}

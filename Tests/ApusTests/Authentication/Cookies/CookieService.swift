import Apus
import FoundationEssentials
import Synchronization

/// A clock that stands until a test moves it.
final class HandClock: Sendable {
    private let seconds = Mutex(1_700_000_000.0)

    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }

    var read: @Sendable () -> Date { { self.now } }

    func advance(_ duration: Duration) {
        seconds.withLock { $0 += duration / .seconds(1) }
    }
}

/// A service behind a cookie scheme, with a clock and a log to look into.
struct CookieService {
    let clock = HandClock()
    let log = CollectedLog()
    let keys: KeyStore
    let scheme: CookieAuthentication

    /// - Parameter make: makes the scheme for the keys.
    init(
        _ make: (KeyStore) throws -> CookieAuthentication = {
            try CookieAuthentication(
                "Cookies", cookie: "session", keys: $0, login: "/login", denied: "/denied", realm: "R")
        }
    ) throws {
        keys = try KeyStore(.hmac(generated: .hs256, kid: "k1"), clock: clock.read)
        scheme = try make(keys)
    }

    var server: Server {
        .logging(log) {
            Route(.get, .post, path: "/login") { request in
                let size = (try? request.query()["size"].flatMap(Int.init)) ?? 0
                let claims = Claims(["role": "staff", "note": .string(String(repeating: "n", count: size))])
                return try scheme.signIn("ada", claims: claims, for: request, with: "signed in")
            }
            Route(.get, .post, path: "/logout") { request in try await scheme.signOut(request, with: "signed out") }
            Group {
                Route(path: "/hello") { request in "Hello, \(request.user.name) by \(request.user.scheme)" }
                Get("/leave") { request in try await scheme.signOut(request, with: "left") }
                Get("/revoke") { request in
                    try await keys.revoke(subject: request.user.name, until: .distantFuture)
                    return "revoked"
                }
                Get("/staff") { _ in "staff" }.requires(.role("staff"))
                Get("/never") { _ in "never" }.requires(Policy("never") { _ in false })
                Post("/open") { request in "open to \(request.user.name)" }.allowingCrossSite()
            }
            .authenticated(by: scheme)
        }
    }
}

extension Group {
    /// Routes that have something in common, but no part of their paths.
    init(@RouteBuilder _ content: () -> Routes) {
        self.init("", content)
    }
}

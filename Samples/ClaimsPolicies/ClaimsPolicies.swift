import Apus

/// Who may do what: policies on the claims that a login brings, alone and put together.
@main struct ClaimsPolicies: Service {
    static var server: Server {
        get throws {
            let basic = BasicAuthentication("PolicyBasic", realm: "Claims") { login -> Claims? in
                guard login.matches(username: "admin", password: "password") else { return nil }
                return Claims(["can_read": true, "can_write": true])
            }
            // Claims may also come from elsewhere, once the login is known to be good.
            let staff = basic.issuingClaims { user in
                user.name == "admin" ? Claims(["role": "editor", "department": "press"]) : Claims()
            }
            let port = try LaunchOptions.current.port(default: 5000)

            return Server("Claims and policies") {
                Endpoint(port: port)
                Endpoint(port: port == 0 ? 0 : port + 1, tls: .selfSigned)
            } routes: {
                Group("/policy") {
                    Get("read") { _ in "Read OK" }.requires(.canRead)
                    Get("write") { _ in "Write OK" }.requires(.canWrite)
                    Get("delete") { _ in "Delete OK" }.requires(.canDelete)
                    Get("publish") { _ in "Publish OK" }.requires(.canPublish)
                    Get("about") { request in
                        request.user.isAuthenticated ? "You are \(request.user.name)." : "Log in to see more."
                    }
                    .allowAnonymous()
                }
                .authenticated(by: staff)
            }
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let urls = running.endpoints.map(\.url)
        return """
            Listening on \(urls.joined(separator: " and ")); passwords are taken over https alone.
            Try it:
              curl -k -u admin:password \(urls[1])/policy/read      # Read OK
              curl -k -u admin:password \(urls[1])/policy/delete    # 403: nobody has can_delete
            """
    }
}

extension Policy {
    static let canRead = Policy.claim("can_read", oneOf: "true")
    static let canWrite = Policy.claim("can_write", oneOf: "true")
    static let canDelete = Policy.claim("can_delete", oneOf: "true")

    /// Editors who may write, and administrators; but nobody who is suspended.
    static let canPublish = Policy.all(
        .any(.all(.role("editor"), .canWrite), .role("admin")),
        .not(.claim("status", oneOf: "suspended")),
        named: "can publish")
}

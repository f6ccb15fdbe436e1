import Apus

/// Every way to log in, and the policies behind it, in one server on one port, with limits, logs and a page to start from.
@main struct FullDemo: Service {
    static var server: Server {
        get throws {
            let certificates = try Certificates()
            if let directory = LaunchOptions.current["certificates"] { try certificates.write(to: directory) }
            return try server(certificates, logFile: LaunchOptions.current["log"])
        }
    }

    static func server(_ certificates: Certificates, logFile: String? = nil) throws -> Server {
        let schemes = try Schemes(trusting: certificates.trust)
        let port = try LaunchOptions.current.port(default: 5000)
        var server = Server("Full demo") {
            Endpoint(
                port: port, tls: .identity(certificates.server),
                clientCertificates: .requested(naming: certificates.trust))
        } routes: {
            Get("/") { _ in try LandingPage.response() }
            Get("/favicon.ico") { _ in try Favicon.response() }
            basicRoutes(schemes)
            keyRoutes(schemes)
            tokenRoutes(schemes)
            cookieRoutes(schemes)
            certificateRoutes(schemes)
            mixedRoutes(schemes)
        }
        server.limits.content = 10 * 1_048_576
        server.limits.connections = 100
        server.limits.decoding.fieldCount = 100
        server.limits.idleDeadline = .seconds(120)
        if let logFile {
            server.logger = Logger(
                label: "Full demo", destination: CombinedLog(ConsoleLog(), try FileLog(path: logFile)))
        }
        server.middleware = [RequestLog(server.logger)]
        return server
    }

    static func greeting(of running: RunningServer) -> String {
        let url = running.endpoints[0].url
        return """
            Listening on \(url)
            With --log FILE it writes a log file as well, and with --certificates DIR ca.pem, client.pem and client.key.
            Try it, or open \(url) in a browser:
              curl -k -u admin:password \(url)/secure/ps/hello
              curl -k -H "X-Api-Key: my-secret-api-key" \(url)/secure/key/simple/hello
              curl -k -u admin:password \(url)/token/new
              curl -k -c jar -d "username=admin&password=secret" \(url)/cookies/login
              curl -k -b jar \(url)/cookies/hello
            """
    }
}

import Apus
import Glibc

/// What `run` has slow and vanishing clients ask for; `--cert FILE --key FILE` serves it over TLS.
///
/// Lines on standard output say, when it happens, that a handler or a producer has begun to wait, and that it was told that its client
/// is gone.
@main struct PatientServer: Service {
    private static let chunk = [UInt8](repeating: 7, count: 65_536)

    static var server: Server {
        get throws {
            let options = LaunchOptions.current
            let port = try options.port(default: 0)
            return Server("Patient") {
                if let certificate = options["cert"], let privateKey = options["key"] {
                    Endpoint(port: port, tls: .files(certificateChain: certificate, privateKey: privateKey))
                } else {
                    Endpoint(port: port)
                }
            } routes: {
                Get("/stream/{octets}") { request in
                    let octets = request.parameters["octets"].flatMap { Int($0) } ?? 0
                    return Response { writer in
                        var left = octets
                        while left > 0 {
                            try await writer.write(Array(chunk.prefix(left)))
                            left -= min(left, chunk.count)
                        }
                    }
                }
                Post("/unread") { _ in
                    try await wait()
                    return "too late"
                }
                Post("/read") { request in
                    var count = 0
                    try await tellingEnd { for try await chunk in request.body { count += chunk.count } }
                    return "\(count)"
                }
                Get("/wait") { _ in
                    try await wait()
                    return "too late"
                }
                Get("/trickle") { _ in
                    Response { writer in
                        try await writer.write("one\n")
                        try await wait()
                    }
                }
                Get("/late") { _ in
                    try await Task.sleep(for: .milliseconds(200))
                    return "late"
                }
            }
        }
    }

    private static func wait() async throws {
        try await tellingEnd { try await Task.sleep(for: .seconds(3_600)) }
    }

    private static func tellingEnd(_ work: () async throws -> Void) async throws {
        tell("begun")
        do {
            try await work()
        } catch {
            tell("ended")
            throw error
        }
    }

    private static func tell(_ event: String) {
        print(event)
        fflush(nil)
    }
}

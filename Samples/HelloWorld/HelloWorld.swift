import Apus

/// The smallest service: two routes, one of them with a parameter.
@main struct HelloWorld: Service {
    static var server: Server {
        get throws {
            let port = try LaunchOptions.current.port(default: 5000)
            return Server("Hello World") {
                Endpoint(port: port)
            } routes: {
                Get("/") { _ in "Hello, World!" }
                Get("/hello/{name}") { request in "Hello, \(try request.parameters.require("name", as: String.self))!" }
            }
        }
    }

    static func greeting(of running: RunningServer) -> String {
        let url = running.endpoints[0].url
        return "Listening on \(url)\nTry it: curl \(url)/hello/Apus"
    }
}

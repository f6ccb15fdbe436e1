import Testing

@testable import Apus

@Suite struct LaunchOptionsTests {
    static let ports: [(arguments: [String], variables: [String: String], port: Int)] = [
        ([], [:], 8_080),
        (["--port", "5000"], [:], 5_000),
        (["--port=5000"], [:], 5_000),
        (["--port", "0"], [:], 0),
        (["x", "--other", "y", "--port", "65535", "z"], [:], 65_535),
        ([], ["PORT": "81"], 81),
        (["--port", "82"], ["PORT": "81"], 82),
        (["--portal", "82"], [:], 8_080),
        (["--port"], [:], 8_080),
    ]

    @Test(arguments: ports.indices)
    func `the port is that of the command line, else of the environment, else the default`(row: Int) throws {
        let (arguments, variables, port) = Self.ports[row]
        let options = LaunchOptions(arguments: ["program"] + arguments, variables: variables)
        #expect(try options.port(default: 8_080) == port)
    }

    @Test(arguments: ["", "x", "-1", "65536", "80x", " 80"])
    func `a port that is none is named`(text: String) throws {
        for options in [
            LaunchOptions(arguments: ["program", "--port=\(text)"], variables: [:]),
            LaunchOptions(arguments: [], variables: ["PORT": text]),
        ] {
            let error = try #require(throws: StartError.self) { try options.port(default: 1) }
            #expect(error.description.contains("'\(text)'") && error.description.contains("0 to 65535"))
        }
    }

    @Test func `any option may be asked for`() {
        let options = LaunchOptions(arguments: ["program", "--cert", "a.pem", "--key=b=c", "--empty="], variables: [:])
        #expect(
            options["cert"] == "a.pem" && options["key"] == "b=c" && options["empty"] == "" && options["absent"] == nil)
    }
}

import Apus
import ApusTesting
import Testing

/// Many connections at once.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct LoadTests {
    @Test func `connections are spread evenly over the loops`() async throws {
        var server = Server.logging { Get("/") { _ in "\(CurrentThread.identity)" } }
        server.eventLoops = 2
        try await server.test(over: .socket) { client in
            let arrived = Shared(0)
            let (all, threads) = (Gate(), Shared<[String: Int]>([:]))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<64 {
                    tasks.addTask {
                        try await client.connect { connection in
                            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                            let thread = try await connection.receiveResponse().text
                            threads.change { $0[thread, default: 0] += 1 }
                            arrived.change { $0 += 1 }
                            // Nobody leaves before everybody is here.
                            if arrived.value == 64 { all.open() }
                            await all.wait()
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            #expect(threads.value.values.sorted() == [32, 32])
        }
    }

    @Test(arguments: TestTransport.wires)
    func `many clients get each their own answers`(transport: TestTransport) async throws {
        let server = Server.logging {
            Post("/echo/{n}") { request in
                let octets = try await request.body.collect()
                return Response(octets: Array("\(request.parameters["n"] ?? ""):".utf8) + octets)
            }
        }
        try await server.test(over: transport) { client in
            try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for number in 0..<24 {
                    tasks.addTask {
                        var isRight = true
                        try await client.connect { connection in
                            for round in 0..<10 {
                                let text = "\(number).\(round)"
                                try await connection.send(
                                    "POST /echo/\(number) HTTP/1.1\r\nHost: x\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
                                )
                                let answer = try await connection.receiveResponse().text
                                isRight = isRight && answer == "\(number):\(text)"
                            }
                        }
                        return isRight
                    }
                }
                for try await isRight in tasks { #expect(isRight) }
            }
        }
    }

    @Test func `a handler that waits does not hold up other connections of its loop`() async throws {
        let (arrived, released) = (Gate(), Gate())
        var server = Server.logging {
            Get("/slow") { _ in
                arrived.open()
                await released.wait()
                return "slow"
            }
            Get("/quick") { _ in "quick" }
        }
        server.eventLoops = 1
        try await server.test(over: .socket) { client in
            try await withThrowingTaskGroup(of: String.self) { tasks in
                tasks.addTask { try await client.get("/slow").text }
                await arrived.wait()
                for _ in 0..<5 {
                    let quick = try await client.get("/quick")
                    #expect(quick.text == "quick")
                }
                released.open()
                let slow = try await tasks.next()
                #expect(slow == "slow")
            }
        }
    }
}

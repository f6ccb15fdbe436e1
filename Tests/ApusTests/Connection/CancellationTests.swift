import Apus
import ApusTesting
import Testing

/// A client that goes away takes its handler with it.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct CancellationTests {
    @Test(arguments: TestTransport.wires)
    func `a reset cancels the handler`(transport: TestTransport) async throws {
        let (arrived, cancelled) = (Gate(), Gate())
        let server = Server.logging {
            Get("/") { _ in
                arrived.open()
                do {
                    try await Task.sleep(for: .seconds(3_600))
                } catch is CancellationError {
                    cancelled.open()
                }
                return "too late"
            }
        }
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                await arrived.wait()
                await connection.reset()
                await cancelled.wait()
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a reset ends a stream`(transport: TestTransport) async throws {
        let ended = Gate()
        let log = CollectedLog()
        let server = Server.logging(log) {
            Get("/") { _ in
                Response { writer in
                    defer { ended.open() }
                    while true { try await writer.write([UInt8](repeating: 1, count: 1_000)) }
                }
            }
        }
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try await connection.receive(through: "\r\n\r\n")
                await connection.reset()
                await ended.wait()
            }
        }
        // That a client goes is no error.
        #expect(log.problems.isEmpty)
    }

    /// One write of more than the kernel takes: it waits for the client until that is gone, and not for as long as a stall may last.
    @Test(arguments: TestTransport.wires)
    func `a reset ends a producer that waits for the client`(transport: TestTransport) async throws {
        let error = Shared<(any Error)?>(nil)
        let ended = Gate()
        var server = Server.logging {
            Get("/") { _ in
                Response { writer in
                    defer { ended.open() }
                    do {
                        try await writer.write([UInt8](repeating: 1, count: 64_000_000))
                    } catch let thrown {
                        error.change { $0 = thrown }
                        throw thrown
                    }
                }
            }
        }
        server.limits.writeStall = .seconds(3_600)
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try await connection.receive(through: "\r\n\r\n")
                await connection.reset()
                await ended.wait()
            }
        }
        #expect(error.value is CancellationError)
    }

    @Test(arguments: TestTransport.wires)
    func `a reset ends the wait for more of the content`(transport: TestTransport) async throws {
        let (arrived, ended) = (Gate(), Gate())
        let isCancelled = Shared(false)
        var server = Server.logging {
            Post("/") { request in
                defer { ended.open() }
                do {
                    for try await _ in request.body { arrived.open() }
                } catch {
                    isCancelled.change { $0 = Task.isCancelled }
                    throw error
                }
                return "whole"
            }
        }
        server.limits.contentPause = .seconds(3_600)
        server.limits.minimumContentRate = 0
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nHello")
                await arrived.wait()
                await connection.reset()
                await ended.wait()
            }
        }
        #expect(isCancelled.value)
    }

    @Test(arguments: TestTransport.wires)
    func `a client that only ends its sending cancels nothing`(transport: TestTransport) async throws {
        let (arrived, released) = (Gate(), Gate())
        let server = Server.logging {
            Get("/") { _ in
                arrived.open()
                await released.wait()
                return Task.isCancelled ? "cancelled" : "whole"
            }
        }
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                await arrived.wait()
                await connection.closeSending()
                released.open()
                let response = try await connection.receiveResponse()
                #expect(response.text == "whole")
            }
        }
    }
}

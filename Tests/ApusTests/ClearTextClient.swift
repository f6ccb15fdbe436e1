import Apus
import ApusTransport

@testable import ApusTesting

/// A client in clear text of whatever a server listens on, its Unix sockets and TLS ports included.
enum ClearTextClient {
    static func connect(
        to endpoint: BoundEndpoint, timeLimit: Duration = .seconds(10), _ body: (RawConnection) async throws -> Void
    ) async throws {
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let dialer = Dialer(to: endpoint.address, on: loops.loops[0])
        let connection = try await dialer.connect(timeLimit: timeLimit)
        do {
            try await body(connection)
            await connection.close()
        } catch {
            await connection.close()
            throw error
        }
    }
}

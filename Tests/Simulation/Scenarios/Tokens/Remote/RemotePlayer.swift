import Apus
import ApusJOSE
import ApusTesting

/// Does the actions of `RemoteIssuance`, and holds the answers against what was fetched.
struct RemotePlayer: Sendable {
    let publisher: KeyPublisher
    let journal: FetchJournal
    let limits: RemoteKeySet.Limits
    let client: TestClient
    let world: World

    func play(_ action: RemoteAction) async throws {
        switch action.kind {
        case .addKey: publisher.addKey()
        case .dropKey: publisher.dropKey()
        case .mood(let mood): publisher.mood = mood
        case .present(let token, let behind):
            let newest = publisher.keys.upperBound
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for steps in behind { tasks.addTask { _ = try await present(token, max(0, newest - steps)) } }
                try await tasks.waitForAll()
            }
        }
    }

    func present(_ token: RemoteToken, _ number: Int) async throws -> TestResponse {
        let start = world.now
        let response = try await client.get("/orders", .bearer(token.text(number)))
        let presented = PresentedToken(
            token: token, number: number, start: start, end: world.now, journal: journal, limits: limits)
        do {
            try presented.check(response)
        } catch {
            let fetches = journal.attempts.suffix(3)
            throw Violation(description: "\(token) \(number), \(start) to \(world.now): \(error); \(fetches)")
        }
        return response
    }
}

import Synchronization
import Testing

@testable import ApusJOSE

/// A fetcher is somebody else's code: one that ignores cancellation holds up no request.
@Suite struct StubbornFetcherTests {
    /// Waits until it is let go, cancelled or not.
    private final class StubbornFetcher: KeySetFetcher {
        private struct State {
            var held: [CheckedContinuation<Void, Never>] = []
            var count = 0
            var isOpen = false
        }

        private let state = Mutex(State())
        private let answer: KeySetAnswer

        init(_ answer: KeySetAnswer) { self.answer = answer }

        var count: Int { state.withLock { $0.count } }

        func fetch(_ request: KeySetRequest) async throws -> KeySetAnswer {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    state.count += 1
                    if !state.isOpen { state.held.append(continuation) }
                    return state.isOpen
                }
                if goesOn { continuation.resume() }
            }
            return answer
        }

        func letGo() {
            let held = state.withLock { state in
                state.isOpen = true
                defer { state.held = [] }
                return state.held
            }
            for continuation in held { continuation.resume() }
        }
    }

    private let clock = HandClock()
    private let events = CollectedEvents()

    @Test(.timeLimit(.minutes(1))) func `the time limit holds, and later fetches go well`() async throws {
        let issuer = try Issuer(clock, "a")
        let fetcher = StubbornFetcher(try issuer.answer())
        let isPatient = Mutex(false)
        let remote = try RemoteKeySet(
            "https://partner.example/jwks", fetcher: fetcher, clock: clock.read,
            sleep: { _ in if isPatient.withLock({ $0 }) { try await HeldFetcher.untilCancelled() } },
            onEvent: events.collect)
        let reason = KeyRefreshReason.unknownKey(kid: "a", issuer: nil)
        for number in 1...6 {
            #expect(await remote.refresh(reason) == false)
            #expect(events.failures == number)
            clock.advance(.seconds(30))
        }
        // What does not end is not added to for ever.
        #expect(fetcher.count == RemoteKeySet.maximumStrays)
        fetcher.letGo()
        isPatient.withLock { $0 = true }
        while await remote.refresh(reason) == false {
            clock.advance(.seconds(30))
            await Task.yield()
        }
        #expect(remote.keySet(forIssuer: nil)?.storedKey(for: "a") != nil)
    }
}

import Foundation
import Testing

@testable import Apus

/// A refresh token is shown once, whatever comes at the same time.
@Suite(.timeLimit(.minutes(1))) struct TokenRenewalsTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)
    private let log = CollectedLog()

    private func renewals() -> TokenRenewals { TokenRenewals(logger: Logger(label: "test", destination: log)) }

    private static func tokens(_ refreshToken: String) throws -> SessionTokens {
        let text = #"{"sub":"ada","access":"a","end":0,"id":"i","refresh":"\#(refreshToken)"}"#
        return try #require(SessionTokens(octets: Array(text.utf8)))
    }

    private static func renewal(_ refreshToken: String) throws -> TokenRenewal {
        TokenRenewal(tokens: try tokens(refreshToken), claims: Claims(["sub": "ada"]))
    }

    private static func refreshToken(_ outcome: TokenRenewals.Outcome) -> String? {
        if case .renewed(let renewal) = outcome { renewal.tokens.refreshToken } else { nil }
    }

    @Test func `many requests of a session share one refresh`() async throws {
        let (renewals, gate, count) = (renewals(), Gate(), Shared(0))
        let old = try Self.tokens("old")
        let found = await withTaskGroup(of: String?.self) { tasks in
            for _ in 0..<20 {
                tasks.addTask { [now] in
                    Self.refreshToken(
                        await renewals.outcome(for: old, at: now) {
                            count.change { $0 += 1 }
                            await gate.wait()
                            return try Self.renewal("new")
                        })
                }
            }
            gate.open()
            return await tasks.reduce(into: []) { $0.append($1) }
        }
        #expect(count.value == 1 && found.count == 20 && found.allSatisfy { $0 == "new" })
        #expect(renewals.renewal(of: old)?.tokens.refreshToken == "new")
        #expect(renewals.renewal(of: try Self.tokens("other")) == nil)
    }

    @Test func `a client that goes away does not lose the new tokens`() async throws {
        let (renewals, gate, begun) = (renewals(), Gate(), Gate())
        let old = try Self.tokens("old")
        let request = Task { [now] in
            await renewals.outcome(for: old, at: now) {
                begun.open()
                await gate.wait()
                try Task.checkCancellation()
                return try Self.renewal("new")
            }
        }
        await begun.wait()
        request.cancel()
        gate.open()
        #expect(Self.refreshToken(await request.value) == "new")
        #expect(renewals.renewal(of: old) != nil)
    }

    @Test func `what the provider refuses is over, and what nobody knows is asked again`() async throws {
        let renewals = renewals()
        let count = Shared(0)
        func outcome(of tokens: String, after seconds: Double, _ error: SignInError) async throws
            -> TokenRenewals.Outcome
        {
            await renewals.outcome(for: try Self.tokens(tokens), at: now + seconds) {
                count.change { $0 += 1 }
                throw error
            }
        }
        let refusal = SignInError.tokenRefused("invalid_grant", status: 400)
        for seconds in [0.0, 100, 599] {
            guard case .ended(refusal) = try await outcome(of: "a", after: seconds, refusal) else {
                Issue.record("expected the session to be over")
                return
            }
        }
        #expect(count.value == 1)
        for (error, isOver) in [
            (SignInError.unreachable("x"), false), (.tokenRefused("server_error", status: 500), false),
            (.tokenResponse("x"), false), (.idToken(.changed("sub")), true), (.userinfo("x"), true),
        ] {
            switch try await outcome(of: "\(error)".filter(\.isLetter), after: 0, error) {
            case .ended: #expect(isOver)
            case .unreachable: #expect(!isOver)
            case .renewed: Issue.record("nothing was renewed")
            }
        }
        count.change { $0 = 0 }
        for (seconds, asked) in [(0.0, 1), (29, 1), (30, 2)] {
            _ = try await outcome(of: "b", after: seconds, .unreachable("x"))
            #expect(count.value == asked)
        }
        #expect(log.text.contains("A session could not be renewed") && !log.text.contains("invalid_grant"))
    }

    @Test func `tokens without a refresh token are left alone`() async throws {
        let tokens = try #require(SessionTokens(octets: Array(#"{"sub":"a","access":"b","end":0,"id":"c"}"#.utf8)))
        #expect(tokens.refreshTokenDue(at: now) == nil && renewals().renewal(of: tokens) == nil)
        #expect(try Self.tokens("x").refreshTokenDue(at: now) == "x")
    }

    @Test func `no description shows a token`() throws {
        let tokens = try Self.tokens("hunter2")
        var shown = "\(tokens) \(String(reflecting: tokens))"
        dump(tokens, to: &shown)
        #expect(!shown.contains("hunter2"))
    }
}

import Apus
import ApusJOSE
import ApusTesting
import Foundation

/// Does the actions of `KeyRotation`, and holds the answers against what is known from outside.
struct RotationPlayer: Sendable {
    let service: TokenService
    let issuer: TestClient
    let validator: TestClient
    let world: World
    private let book = TokenBook()

    init(service: TokenService, issuer: TestClient, validator: TestClient, world: World) {
        self.service = service
        self.issuer = issuer
        self.validator = validator
        self.world = world
    }

    func play(_ action: RotationAction) async throws {
        do {
            switch action.kind {
            case .issue(let lifetime, let delay, let audience):
                try await issue(action.number, lifetime, delay, audience)
            case .present(let number, let change, let moment):
                guard let token = book.token(number) else { return }
                try await wait(for: moment, of: token)
                try await present(token, change)
            case .presentNothing: try await presentNothing()
            case .setClocks(let seconds):
                let most = min(service.issuerClock.secondsToGoBack, service.validatorClock.secondsToGoBack)
                service.issuerClock.noting {
                    service.validatorClock.noting { world.setClocks(forward: max(seconds, -most)) }
                }
            case .setClock(let ofIssuer, let seconds):
                (ofIssuer ? service.issuerClock : service.validatorClock).jump(by: seconds)
            default: try await change(action.kind)
            }
        } catch {
            throw Violation(description: "\(action): \(error)")
        }
    }

    // MARK: Keys

    private func change(_ kind: RotationAction.Kind) async throws {
        let keys = service.keys
        switch kind {
        case .rotate(let propagation, let overlap):
            try await keys.rotate(propagation: .seconds(propagation), overlap: .seconds(overlap))
        case .use(let number):
            // The key may have ended, or have been withdrawn.
            do { try await keys.use(kid: kid(number)) } catch KeyStoreError.key(.kidUnknown) {}
        case .remove(let number):
            let kid = kid(number)
            let place = book.begin(.removedKey(kid))
            do {
                try await keys.remove(kid: kid)
                book.end(place)
            } catch KeyStoreError.key(.signingKeyNotRemovable), KeyStoreError.key(.kidUnknown) {}
        case .revokeKey(let number):
            let kid = kid(number)
            let place = book.begin(.key(kid))
            do {
                try await keys.revoke(kid: kid)
                book.end(place)
            } catch KeyStoreError.key(.kidUnknown) {}
        case .revokeToken(let number):
            guard let token = book.token(number) else { return }
            let place = book.begin(.token(token.jti))
            try await keys.revoke(
                tokenID: token.jti, until: Date(timeIntervalSince1970: token.expires + Verdict.skew))
            book.end(place)
        case .revokeSubject(let number):
            let subject = "user-\(number % 3)"
            let place = book.begin(.subject(subject, before: 0...Date.distantFuture.timeIntervalSince1970))
            let mark = service.issuerClock.mark()
            try await keys.revoke(subject: subject, until: service.issuerClock.date.addingTimeInterval(100_000))
            book.end(place, .subject(subject, before: seconds(service.issuerClock.shown(since: mark))))
        default: break
        }
    }

    /// One of the keys that the store has.
    private func kid(_ number: Int) -> String {
        let stored = service.keys.keySet.storedKeys
        return stored.isEmpty ? "none" : stored[number % stored.count].kid
    }

    // MARK: Tokens

    private func issue(_ number: Int, _ lifetime: Int, _ delay: Int, _ audience: String) async throws {
        let mark = service.issuerClock.mark()
        let done = book.done
        let response = try await issuer.post("/token/\(number)/\(lifetime)/\(delay)/\(audience)")
        try expect(response.status == .ok, "expected a token, found \(response)")
        let text = try response.json["access_token"]?.string ?? ""
        let token = try UnverifiedToken(inspecting: text)
        let shown = seconds(service.issuerClock.shown(since: mark))
        let record = IssuedRecord(
            text: text, kid: token.header.kid ?? "", jti: "token-\(number)", subject: "user-\(number % 3)",
            audience: audience, issuedAt: token.claims.issuedAt?.timeIntervalSince1970 ?? 0,
            notBefore: token.claims.notBefore?.timeIntervalSince1970 ?? 0,
            expires: token.claims.expires?.timeIntervalSince1970 ?? 0)
        let seconds = shown.lowerBound.rounded(.down)...shown.upperBound.rounded(.down)
        try expect(seconds.contains(record.issuedAt), "expected iat in \(seconds), found \(record)")
        let start = record.notBefore - Double(delay)
        try expect(seconds.contains(start), "expected nbf \(delay) s after \(seconds), found \(record)")
        try expect(record.expires == record.notBefore + Double(lifetime), "expected \(lifetime) s, found \(record)")
        let isWithdrawn = done.contains { if case .key(record.kid) = $0.object { true } else { false } }
        try expect(!isWithdrawn, "a token was signed with the key \(record.kid), which had been revoked")
        book.add(record)
    }

    private func wait(for moment: RotationAction.Moment, of token: IssuedRecord) async throws {
        let instant: Double
        switch moment {
        case .now: return
        case .afterEnd(let milliseconds): instant = token.expires + Verdict.skew + Double(milliseconds) / 1_000
        case .afterStart(let milliseconds): instant = token.notBefore - Verdict.skew + Double(milliseconds) / 1_000
        }
        try await world.sleep(for: .seconds(max(0, instant - service.validatorClock.date.timeIntervalSince1970)))
    }

    private func present(_ token: IssuedRecord, _ change: TokenChange) async throws {
        let text = try await change.applied(to: token, at: service.issuerClock.date)
        let validatorMark = service.validatorClock.mark()
        let done = book.done
        let response = try await validator.get("/orders", .bearer(text))
        let verdict = Verdict(
            on: token, change, validator: seconds(service.validatorClock.shown(since: validatorMark)),
            store: service.issuerClock, done: done, begun: book.begun)
        do {
            try verdict.check(response, of: token)
        } catch {
            throw Violation(
                description: "\(error); \(token) at \(seconds(service.validatorClock.shown(since: validatorMark)))")
        }
    }

    private func presentNothing() async throws {
        let response = try await validator.get("/orders")
        try expect(response.status == .unauthorized, "expected 401, found \(response)")
        // RFC 6750 §3.1: no error code for a request that had no credentials.
        let challenge = response.headers[.wwwAuthenticate]
        try expect(
            challenge == "Bearer realm=\"orders\"", "expected a challenge without error, found \(challenge ?? "none")")
    }

    private func seconds(_ dates: ClosedRange<Date>) -> ClosedRange<Double> {
        dates.lowerBound.timeIntervalSince1970...dates.upperBound.timeIntervalSince1970
    }
}

import ApusTesting
import Foundation
import Testing

@testable import Apus

/// A server sees what other processes do to its keys, without a word of its author.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct KeyWatchTests {
    private let path = NSTemporaryDirectory() + "/apus-watch-" + UUID().uuidString

    @Test(arguments: [false, true])
    func `a revocation of another process holds`(isCombined: Bool) async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (events, event) = AsyncStream.makeStream(of: KeyStoreEvent.self)
        let keys = try KeyStore(directory: path, onEvent: { event.yield($0) })
        let tokens = JWTBuilder(keys: keys).issuer("me")
        let token = try await tokens.identifier("a").build().token
        var parameters = tokens.validationParameters
        if isCombined { parameters.keys = CombinedKeySource(["me": keys]) }
        let bearer = BearerAuthentication("Bearer", validating: parameters)
        let server = Server.logging {
            Get("/in") { _ in "" }.authenticated(by: bearer)
            Get("/also") { _ in "" }.authenticated(by: bearer)
        }
        #expect(server.watchedKeyStores.count == 1)
        try await server.test(over: .socket) { client in
            let before = try await client.get("/in", .bearer(token))
            #expect(before.status == .ok)
            let other = try KeyStore(directory: path)
            try await other.revoke(tokenID: "a", until: .distantFuture)
            for await case .reloaded in events {
                let after = try await client.get("/in", .bearer(token))
                if after.status == .unauthorized { break }
            }
        }
    }

    @Test func `watches the stores that it publishes or asks for revocations, and none in memory`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (stored, inMemory) = (try KeyStore(directory: path), try KeyStore(.hmac(generated: .hs256)))
        var parameters = ValidationParameters(keys: inMemory)
        #expect(Server("Test") { JWKSRoute(stored) }.watchedKeyStores.count == 1)
        #expect(Server("Test") { JWKSRoute(inMemory) }.watchedKeyStores.isEmpty)
        let without = BearerAuthentication("Bearer", validating: parameters)
        #expect(Server("Test") { Get("/") { _ in "" }.authenticated(by: without) }.watchedKeyStores.isEmpty)
        parameters.revocations = stored
        let with = BearerAuthentication("Bearer", validating: parameters)
        #expect(Server("Test") { Get("/") { _ in "" }.authenticated(by: with) }.watchedKeyStores.count == 1)
        let wrapped = with.issuingClaims { _ in Claims() }
        #expect(Server("Test") { Get("/") { _ in "" }.authenticated(by: wrapped) }.watchedKeyStores.count == 1)
        #expect(Server("Test") { Get("/") { _ in "" } }.authenticated(by: with).watchedKeyStores.count == 1)
    }
}

import Apus
import ApusJOSE
import ApusTesting

/// A service that takes the tokens of another one, whose keys it fetches, and which is at times slow, wrong or gone.
///
/// Keys that were fetched are trusted while the issuer is away, as long as is documented, and no others are. However many unknown keys
/// come, fetches are as rare as documented. Nobody waits longer than a fetch may take. A new key is accepted as soon as it can be fetched.
enum RemoteIssuance: Scenario {
    static let name = "remote-issuer"

    static func script(by dice: inout SplitMix64) -> [RemoteAction] {
        (0..<dice.number(in: 2...12)).map { _ in RemoteAction(by: &dice) }
    }

    static func play(_ script: [RemoteAction], in world: World) async throws {
        let limits = limits(in: world)
        let ages = [nil, 0, 100, 400, 2_000]
        let publisher = KeyPublisher(in: world, limits: limits, maximumAge: ages[world.random(in: 0...ages.count - 1)])
        let journal = FetchJournal(limits)
        try await world.test(publisher.server) { issuer in
            var issuer = issuer
            issuer.timeLimit = limits.time * 2
            let fetcher = SimulatedFetcher(publisher: publisher, journal: journal, client: issuer, world: world)
            let keys = try keys(fetcher, limits, in: world)
            try await world.test(validator(keys.source, in: world)) { client in
                var client = client
                client.timeLimit = .seconds(60)
                let player = RemotePlayer(
                    publisher: publisher, journal: journal, limits: limits, client: client, world: world)
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    let isKeptFresh = world.happens(0.4)
                    if isKeptFresh { tasks.addTask { await keys.keepFresh() } }
                    try await play(script, player)
                    try await recover(player, isKeptFresh: isKeptFresh)
                    tasks.cancelAll()
                }
                // Fetches that nobody waits for any more come to their end.
                try await world.sleep(for: limits.time * 5)
            }
        }
        if let violation = journal.violation { throw violation }
    }

    private static func play(_ script: [RemoteAction], _ player: RemotePlayer) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for action in script {
                try await player.world.sleep(for: action.pause)
                if action.isAwaited {
                    try await player.play(action)
                } else {
                    tasks.addTask { try await player.play(action) }
                }
            }
            try await tasks.waitForAll()
        }
    }

    /// As soon as the issuer is well and may be asked again, its newest key counts, and a new one that nobody has had is still refused.
    private static func recover(_ player: RemotePlayer, isKeptFresh: Bool) async throws {
        let (publisher, limits) = (player.publisher, player.limits)
        publisher.mood = .well
        publisher.addKey()
        // Twice the cooldown, because an attempt for an unknown key may have come just before the one that was due.
        try await player.world.sleep(for: limits.time * 4 + limits.cooldown * 2 + .seconds(1))
        if isKeptFresh {
            let isFresh = player.journal.attempts.contains { $0.keys != nil && $0.end + $0.age > player.world.now }
            try expect(isFresh, "the keys were not kept fresh")
        }
        let newest = publisher.keys.upperBound
        var response = try await player.present(.genuine, newest)
        if response.status != .ok {
            // The cooldown after a fetch that came just before the key.
            try await player.world.sleep(for: limits.cooldown)
            response = try await player.present(.genuine, newest)
        }
        try expect(response.status == .ok, "the issuer is well, and its newest key is not accepted: \(response)")
        _ = try await player.present(.impostor, newest)
        _ = try await player.present(.ghost, newest)
    }

    // MARK: Parts

    private static func limits(in world: World) -> RemoteKeySet.Limits {
        var limits = RemoteKeySet.Limits()
        limits.time = .seconds(world.random(in: 1...5))
        limits.cooldown = .seconds(world.random(in: 15...30))
        limits.octets = 8_192
        // Shorter than the defaults, so that there is less to play until they end.
        limits.shortestMaximumAge = .seconds(60)
        limits.maximumAge = .seconds(300)
        limits.longestMaximumAge = .seconds(600)
        limits.staleWhileError = .seconds([0, 100, 400][world.random(in: 0...2)])
        return limits
    }

    private static func keys(
        _ fetcher: SimulatedFetcher, _ limits: RemoteKeySet.Limits, in world: World
    ) throws -> (source: any KeySource, keepFresh: @Sendable () async -> Void) {
        if world.happens(0.3) {
            let issuer = try RemoteIssuer(
                "https://login.example", fetcher: fetcher, limits: limits,
                logger: Logger(label: "issuer", level: .critical), clock: { world.date },
                sleep: { try await world.sleep(for: $0) })
            return (issuer, { await issuer.keepFresh() })
        }
        let keys = try RemoteKeySet(
            "https://login.example/jwks", fetcher: fetcher, limits: limits, clock: { world.date },
            sleep: { try await world.sleep(for: $0) })
        return (keys, { await keys.keepFresh() })
    }

    private static func validator(_ keys: any KeySource, in world: World) -> Server {
        let parameters = ValidationParameters(
            keys: keys, issuers: ["https://login.example"], audiences: ["orders"], clock: { world.date })
        return Server("Orders") {
            Get("/orders") { request in request.user.name }
                .authenticated(by: BearerAuthentication("Bearer", validating: parameters, realm: "orders"))
        }
    }
}

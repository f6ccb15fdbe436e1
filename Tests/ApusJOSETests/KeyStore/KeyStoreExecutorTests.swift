import Dispatch
import FoundationEssentials
import Synchronization
import Testing

@testable import ApusJOSE

/// A handler calls the store from the thread of its connections, which must not wait for keys and disks.
@Suite struct KeyStoreExecutorTests {
    private final class OneThread: TaskExecutor {
        private static let mark = DispatchSpecificKey<Bool>()
        private let queue = DispatchQueue(label: "connections")

        init() { queue.setSpecific(key: Self.mark, value: true) }

        static var isCurrent: Bool { DispatchQueue.getSpecific(key: mark) == true }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    @Test(arguments: [false, true])
    func `changes of keys leave the thread of their caller`(isStored: Bool) async throws {
        let directory = try TemporaryDirectory()
        let places = Mutex<[Bool]>([])
        // The store asks for the time where it changes keys.
        let clock: @Sendable () -> Date = {
            places.withLock { $0.append(OneThread.isCurrent) }
            return Forge.date
        }
        let keys =
            isStored
            ? try KeyStore(directory: directory.path, clock: clock)
            : try KeyStore(.hmac(generated: .hs256), clock: clock)
        try await withTaskExecutorPreference(OneThread()) {
            for _ in 0..<20 { try await Self.change(keys) }
        }
        let asked = places.withLock { $0 }
        #expect(asked.count >= 4 && !asked.contains(true))
    }

    @concurrent
    private static func change(_ keys: KeyStore) async throws {
        #expect(OneThread.isCurrent)
        let first = try #require(keys.keySet.signingKey(at: Forge.date)).kid
        try await keys.rotate(propagation: .zero)
        try await keys.revoke(tokenID: "a", until: .distantFuture)
        try await keys.revoke(kid: first)
        _ = try await JWTBuilder(keys: keys, clock: Forge.clock()).lifetime(.seconds(5000)).build()
        let name = "\(keys.keySet.storedKeys.count)"
        try await keys.add(.generated(.hs256, kid: name))
        try await keys.use(kid: name)
        try await keys.reload()
        _ = await keys.refresh(.unknownKey(kid: "x", issuer: nil))
        #expect(OneThread.isCurrent)
    }
}

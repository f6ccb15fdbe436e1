import Foundation

/// Runs what takes long without a pause on a thread of its own: it would hold one of the few of Swift's pool, and other tests wait for those.
func onOwnThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
}

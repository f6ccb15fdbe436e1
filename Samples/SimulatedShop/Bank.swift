import Apus

/// Moves the customers' money, which takes its time; when it throws, nothing has moved.
protocol Bank: Sendable {
    func charge(_ amount: Int) async throws
    func refund(_ amount: Int) async throws
}

/// Agrees to everything.
struct DemoBank: Bank {
    func charge(_ amount: Int) async throws { try await Task.sleep(for: .milliseconds(300)) }
    func refund(_ amount: Int) async throws { try await Task.sleep(for: .milliseconds(300)) }
}

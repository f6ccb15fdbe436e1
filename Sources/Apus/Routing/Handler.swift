/// Answers one request; runs where its connection runs, so calling it costs no change of thread.
public typealias Handler = nonisolated(nonsending) @Sendable (Request) async throws -> Response

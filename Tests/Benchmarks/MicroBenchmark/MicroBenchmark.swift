import ApusTransport

/// Runs single operations of the server under callgrind: `Tests/Benchmarks/run instructions` counts what they execute.
///
/// Each line of the output has the name of an operation and how many of it were run from its first mark to the second.
@main struct MicroBenchmark {
    static func main() async throws {
        let loops = try EventLoopGroup(count: 1)
        let loop = loops.loops[0]
        try await withTaskExecutorPreference(loop) { try await measureAll(on: loop) }
        loops.stop()
    }

    /// As handlers do, it runs on the loop: the executor that the task prefers, not that of the caller, which is the main actor's.
    @concurrent private static func measureAll(on loop: EventLoop) async throws {
        let operations =
            try await Decoding.operations + Fields.operations + Routing.operations + Encoding.operations
            + Objects.operations + Credentials.operations + Executors.operations(on: loop)
        for operation in operations {
            try await operation.measure()
            print(operation.name, operation.count, separator: "\t")
        }
    }
}

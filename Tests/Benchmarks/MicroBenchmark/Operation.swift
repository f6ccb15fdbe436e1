import Glibc

/// Something that is counted, as often as is asked for.
struct Operation {
    let name: String
    let count: Int
    let run: (Int) async throws -> Void

    /// - Parameters:
    ///   - count: how many of it are counted.
    ///   - expected: what each of them has to give; one that gives something else has not done what is measured.
    init(_ name: String, count: Int = 500, gives expected: Int, _ body: @escaping () throws -> Int) {
        self.name = name
        self.count = count
        run = { times in
            for _ in 0..<times {
                let found = try body()
                guard found == expected else { throw WrongResult(name: name, expected: expected, found: found) }
            }
        }
    }

    /// As the other, for what may suspend.
    init(_ name: String, count: Int = 500, gives expected: Int, suspending body: @escaping () async throws -> Int) {
        self.name = name
        self.count = count
        run = { times in
            for _ in 0..<times {
                let found = try await body()
                guard found == expected else { throw WrongResult(name: name, expected: expected, found: found) }
            }
        }
    }

    /// Between the three marks lie `count` and twice as many: their difference is free of what marks and loops cost.
    func measure() async throws {
        try await run(count)
        Self.mark()
        try await run(count)
        Self.mark()
        try await run(2 * count)
        Self.mark()
    }

    /// Callgrind is told to write down its counts when this function of the C library is called, which nothing else here calls.
    private static func mark() { _ = getppid() }
}

/// An operation has done something else than what is measured.
struct WrongResult: Error {
    let name: String
    let expected: Int
    let found: Int
}

/// Ways to cut an input into the pieces in which a connection may bring it.
///
/// They follow from the input alone, so that a finding can be repeated.
enum InputSplitting {
    static func splits(of input: [UInt8]) -> [[[UInt8]]] {
        var generator = SplitMix64(seed: input.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
        let dripped = input.map { [$0] }
        return [dripped, pieces(of: input, upTo: 7, &generator), pieces(of: input, upTo: 80, &generator)]
    }

    private static func pieces(
        of input: [UInt8], upTo length: Int, _ generator: inout SplitMix64
    ) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < input.count {
            let end = min(input.count, start + Int.random(in: 1...length, using: &generator))
            pieces.append(Array(input[start..<end]))
            start = end
        }
        return pieces
    }
}

/// Random numbers that are the same for the same seed.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

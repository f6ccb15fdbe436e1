import Foundation
import Testing

/// The seeds of the fuzzers, among them every input that once broke a rule; `Tests/Fuzz/run` looks for new ones.
@Suite struct SeedTests {
    @Test(arguments: Fuzzer.all) func `holds every rule for each seed`(_ fuzzer: Fuzzer) throws {
        let seeds = try Self.seeds(of: fuzzer)
        #expect(!seeds.isEmpty)
        for seed in seeds {
            let octets = [UInt8](try Data(contentsOf: seed))
            #expect(octets.count <= 4_096, "\(seed.lastPathComponent) is too large for a seed")
            #expect(throws: Never.self, "\(seed.lastPathComponent)") { try fuzzer.check(octets) }
        }
    }

    @Test(arguments: Fuzzer.all) func `holds every rule for each seed that is cut off`(_ fuzzer: Fuzzer) throws {
        for seed in try Self.seeds(of: fuzzer) {
            let octets = [UInt8](try Data(contentsOf: seed))
            for count in stride(from: 0, to: octets.count, by: max(1, octets.count / 64)) {
                #expect(throws: Never.self, "\(seed.lastPathComponent), \(count) octets") {
                    try fuzzer.check(Array(octets[..<count]))
                }
            }
        }
    }

    @Test func `has a fuzzer for each folder of seeds`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(folders.sorted() == Fuzzer.all.map(\.name).sorted())
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Seeds")

    private static func seeds(of fuzzer: Fuzzer) throws -> [URL] {
        try FileManager.default
            .contentsOfDirectory(at: folder.appending(path: fuzzer.name), includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
    }
}

extension Fuzzer: CustomTestStringConvertible {
    var testDescription: String { name }
}

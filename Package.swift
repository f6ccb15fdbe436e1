// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// One floor's target.
///
/// A target depends only on floors below its own; CONTRIBUTING.md has the map.
func floor(_ name: String, on lower: [String]) -> Target {
    .target(name: name, dependencies: lower.map { .byName(name: $0) }, swiftSettings: settings)
}

/// The tests of one target; the test tree mirrors the source tree.
func tests(of name: String, with others: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: ([name] + others).map { .byName(name: $0) }, swiftSettings: settings)
}

/// The tests of one sample, against the server that it makes.
func tests(ofSample name: String, with others: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: ([name, "Apus", "ApusTesting"] + others).map { .byName(name: $0) },
        path: "Tests/SamplesTests/\(name)Tests", swiftSettings: settings)
}

/// A runnable sample; it sees the public API of one product alone.
func sample(_ name: String, on product: String = "Apus") -> Target {
    .executableTarget(
        name: name, dependencies: [.byName(name: product)], path: "Samples/\(name)", swiftSettings: settings)
}

let package = Package(
    name: "Apus",
    products: [
        .library(name: "Apus", targets: ["Apus"]),
        .library(name: "ApusJOSE", targets: ["ApusJOSE"]),
        .library(name: "ApusTesting", targets: ["ApusTesting"]),
    ],
    targets: [
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CHeap", path: "Tests/CHeap"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        floor("ApusHTTP", on: []),
        floor("ApusCrypto", on: ["COpenSSL"]),
        floor("ApusJOSE", on: ["ApusCrypto"]),
        floor("ApusTransport", on: ["CLinux", "ApusCrypto"]),
        floor("Apus", on: ["ApusTransport", "ApusJOSE", "ApusHTTP", "ApusCrypto"]),
        floor("ApusTesting", on: ["Apus", "ApusTransport", "ApusJOSE", "ApusHTTP", "ApusCrypto"]),
        sample("HelloWorld"),
        sample("BasicAuth"),
        sample("APIKey"),
        sample("JWT"),
        sample("ClaimsPolicies"),
        sample("MultipleSchemes"),
        sample("Cookies"),
        sample("KeyRotation"),
        sample("RemoteIssuer"),
        sample("ClientCertificate"),
        sample("OpenIDConnect"),
        sample("FullDemo"),
        sample("SimulatedShop"),
        sample("Benchmark"),
        sample("TokenTool", on: "ApusJOSE"),
        .executableTarget(
            name: "ReleaseProbe", dependencies: ["Apus", "ApusTesting", "CHeap"], path: "Tests/ReleaseProbe",
            swiftSettings: settings),
        .executableTarget(
            name: "InteropPeer", dependencies: ["ApusJOSE"], path: "Tests/Interop/InteropPeer",
            swiftSettings: settings),
        .executableTarget(
            name: "PatientServer", dependencies: ["Apus"], path: "Tests/Peers/PatientServer", swiftSettings: settings),
        .executableTarget(
            name: "RotationPeer", dependencies: ["Apus"], path: "Tests/Rotation/RotationPeer",
            swiftSettings: settings),
        .executableTarget(
            name: "TokenBenchmark", dependencies: ["Apus", "ApusJOSE", "COpenSSL"], path: "Tests/TokenBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "MicroBenchmark", dependencies: ["Apus", "ApusTransport", "ApusJOSE", "ApusHTTP"],
            path: "Tests/Benchmarks/MicroBenchmark", swiftSettings: settings),
        .target(
            name: "OCSPPeers", dependencies: ["ApusCrypto", "COpenSSL"], path: "Tests/OCSPPeers",
            swiftSettings: settings),
        .target(
            name: "SimulationScenarios", dependencies: ["Apus", "ApusJOSE", "ApusTesting"],
            path: "Tests/Simulation/Scenarios", swiftSettings: settings),
        .executableTarget(
            name: "SimulationRunner", dependencies: ["SimulationScenarios", "ApusTesting"],
            path: "Tests/Simulation/Runner", swiftSettings: settings),
        .testTarget(
            name: "SimulationTests", dependencies: ["SimulationScenarios", "ApusTesting"],
            path: "Tests/Simulation/SimulationTests", swiftSettings: settings),
        tests(of: "ApusHTTP"),
        tests(of: "ApusCrypto", with: ["COpenSSL", "OCSPPeers"]),
        tests(of: "ApusJOSE"),
        tests(of: "ApusTransport", with: ["ApusCrypto", "COpenSSL"]),
        tests(of: "Apus", with: ["ApusTesting", "ApusTransport", "ApusCrypto", "OCSPPeers"]),
        tests(of: "ApusTesting", with: ["Apus"]),
        .testTarget(
            name: "Fuzz", dependencies: ["Apus", "ApusJOSE", "ApusHTTP", "ApusCrypto", "ApusTesting"],
            path: "Tests/Fuzz",
            exclude: ["run", "Seeds", "LibFuzzer"], swiftSettings: settings),
        tests(ofSample: "HelloWorld"),
        tests(ofSample: "BasicAuth"),
        tests(ofSample: "APIKey"),
        tests(ofSample: "JWT", with: ["ApusCrypto"]),
        tests(ofSample: "ClaimsPolicies"),
        tests(ofSample: "MultipleSchemes"),
        tests(ofSample: "Cookies"),
        tests(ofSample: "KeyRotation"),
        tests(ofSample: "RemoteIssuer"),
        tests(ofSample: "ClientCertificate"),
        tests(ofSample: "OpenIDConnect"),
        tests(ofSample: "FullDemo"),
        tests(ofSample: "SimulatedShop"),
        tests(ofSample: "Benchmark"),
        tests(ofSample: "TokenTool"),
    ]
)
